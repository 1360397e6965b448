// Lists: htmx swaps the results as filters change; this keeps the visitor's place. Every list works without it.
"use strict";

const etroit = matchMedia("(max-width: 59.99rem)");
const panneau = () => document.getElementById("filtres");
let ouverts = [];

// Nobody wants « q= » in an address.
document.addEventListener("htmx:configRequest", (e) => {
  for (const [nom, valeur] of [...e.detail.formData.entries()]) {
    if (valeur === "") e.detail.formData.delete(nom);
  }
});

// What was unfolded stays so: the part that comes back does not know it.
document.addEventListener("htmx:beforeSwap", () => {
  ouverts = [...document.querySelectorAll("#filtres, #filtres details")].filter((d) => d.open).map((d) => d.id);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of ouverts) {
    const details = id && document.getElementById(id);
    if (details) details.open = true;
  }
  preparer();
});

// htmx gives the focus back to what bears the same id; a chip that was removed bears none: go on with the results.
document.addEventListener("htmx:afterSettle", () => {
  if (!document.activeElement || document.activeElement === document.body) {
    document.getElementById("resultats").focus({ preventScroll: true });
  }
});

// On a small screen the filters take the whole of it: what is behind cannot be reached meanwhile.
function isoler() {
  const seul = etroit.matches && panneau().open;
  document.getElementById("resultats").inert = seul;
  for (const autre of document.querySelectorAll("body > header, body > footer, .evitement, .fil, h1")) autre.inert = seul;
}

function fermer(vers) {
  panneau().open = false;
  isoler();
  vers.focus();
}

function preparer() {
  panneau().addEventListener("toggle", isoler);
  isoler();
  // The list already shows what was chosen.
  panneau().querySelector("form").addEventListener("htmx:beforeRequest", (e) => {
    if (e.target === e.currentTarget && e.detail.requestConfig.triggeringEvent?.type === "submit" && etroit.matches) {
      panneau().open = false;
    }
  });
}

addEventListener("keydown", (e) => {
  if (e.key === "Escape" && etroit.matches && panneau().open) fermer(panneau().querySelector("summary"));
});
etroit.addEventListener("change", isoler);
preparer();
