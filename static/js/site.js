// Small comforts; every page works without this file.
"use strict";

const repliables = () => document.querySelectorAll("details:not([open])");

// On paper nothing can be unfolded: open everything, then give the page back as it was.
let ouvertsPourImprimer = [];
addEventListener("beforeprint", () => {
  ouvertsPourImprimer = [...repliables()].filter((d) => !d.hasAttribute("data-ecran"));
  ouvertsPourImprimer.forEach((d) => (d.open = true));
  for (const date of document.querySelectorAll("[data-date-impression]")) {
    date.textContent = `Imprimé le ${new Date().toLocaleDateString("fr-FR")}. `;
  }
});
addEventListener("afterprint", () => ouvertsPourImprimer.forEach((d) => (d.open = false)));

// A link to something folded unfolds it.
function deplier() {
  const cible = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let d = cible && cible.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
}
addEventListener("hashchange", deplier);
deplier();

// On a wide screen the filters stay open; browsers that know ::details-content need no help.
const filtres = document.querySelector("details.filtres");
if (filtres && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
  filtres.open = true;
}
