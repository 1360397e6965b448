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

// The list that led here, when the browser says so: the page itself is the same for everyone, and nothing is kept.
const LISTE = /^\/(metiers|certifications|formations|recherche)\/$/;
const venueDe = document.referrer.startsWith(`${location.origin}/`) && new URL(document.referrer);
const fil = document.querySelector("nav.fil");
if (venueDe && fil && LISTE.test(venueDe.pathname) && !LISTE.test(location.pathname)) {
  const retour = document.createElement("a");
  retour.href = venueDe.pathname + venueDe.search;
  retour.className = "retour lien-seul ecran-seul";
  retour.textContent = "‹ Retour aux résultats";
  fil.before(retour);
}

// On a wide screen the filters stay open; browsers that know ::details-content need no help.
const filtres = document.querySelector("details.filtres");
if (filtres && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60rem)").matches) {
  filtres.open = true;
}

// The dossier under construction: its address, kept on this device alone, forgotten four hours after the last change.
const CLE_DU_DOSSIER = "dossier";
const QUATRE_HEURES = 4 * 3600 * 1000;
const MAXIMA = { m: [4, "quatre métiers"], c: [6, "six certifications"], f: [6, "six formations"] };

const dossierGarde = {
  lire() {
    try {
      const { etat, jusqua } = JSON.parse(localStorage.getItem(CLE_DU_DOSSIER)) ?? {};
      if (etat && jusqua > Date.now()) return etat;
      localStorage.removeItem(CLE_DU_DOSSIER);
    } catch {
      // No storage on this device, or another program's words in it: the links work without.
    }
    return "";
  },
  garder(etat) {
    try {
      if (etat) localStorage.setItem(CLE_DU_DOSSIER, JSON.stringify({ etat, jusqua: Date.now() + QUATRE_HEURES }));
      else localStorage.removeItem(CLE_DU_DOSSIER);
      return this.lire() === etat;
    } catch {
      return false;
    }
  },
};

const codesDe = (parametres, nom) => (parametres.get(nom) ?? "").split(",").filter(Boolean);
const contient = (etat, ajout) => {
  const [la, voulu] = [new URLSearchParams(etat), new URLSearchParams(ajout)];
  return [...voulu].every(([nom, valeur]) =>
    nom in MAXIMA ? codesDe(voulu, nom).every((code) => codesDe(la, nom).includes(code)) : la.get(nom) === valeur,
  );
};

// The state with what is added: fiches at the end of their kind, a new gap in place of the old one; or why not.
function ajouterAuDossier(etat, ajout) {
  const [la, voulu] = [new URLSearchParams(etat), new URLSearchParams(ajout)];
  if (voulu.has("vers")) for (const nom of ["de", "competences", "certification", "vers"]) la.delete(nom);
  for (const [nom, valeur] of voulu) {
    if (!(nom in MAXIMA)) la.set(nom, valeur);
    else {
      const codes = [...new Set([...codesDe(la, nom), ...valeur.split(",")])];
      if (codes.length > MAXIMA[nom][0]) return { refus: `Le dossier garde ${MAXIMA[nom][1]} au plus : retirez-en d'abord.` };
      la.set(nom, codes.join(","));
    }
  }
  return { etat: la.toString().replaceAll("%2C", ",") };
}

const plateau = document.getElementById("plateau");
const adresseDuDossier = (etat) => `${plateau.dataset.adresse}?${etat}`;

function montrerLeDossier() {
  const etat = dossierGarde.lire();
  const parametres = new URLSearchParams(etat);
  const nombre = Object.keys(MAXIMA).reduce((somme, nom) => somme + codesDe(parametres, nom).length, parametres.has("vers") ? 1 : 0);
  plateau.hidden = !nombre;
  const lien = plateau.querySelector("a");
  lien.href = adresseDuDossier(etat);
  lien.firstElementChild.textContent = nombre;
  for (const ajout of document.querySelectorAll("[data-ajouter]")) {
    const dedans = Boolean(nombre) && contient(etat, ajout.dataset.ajouter);
    ajout.toggleAttribute("data-dedans", dedans);
    if (dedans) {
      ajout.dataset.depart ??= ajout.getAttribute("href");
      ajout.href = adresseDuDossier(etat);
    } else if (ajout.dataset.depart) ajout.href = ajout.dataset.depart;
    ajout.firstElementChild.textContent = dedans ? "Dans mon dossier, le voir" : "Ajouter au dossier";
  }
}

if (plateau) {
  // Delegated: lists swap their cards without loading the page again.
  document.addEventListener("click", (clic) => {
    const lien = clic.target.closest?.("[data-ajouter]");
    if (!lien || lien.hasAttribute("data-dedans") || clic.ctrlKey || clic.metaKey || clic.shiftKey || clic.altKey) return;
    const { etat, refus } = ajouterAuDossier(dossierGarde.lire(), lien.dataset.ajouter);
    if (!refus && !dossierGarde.garder(etat)) return;
    clic.preventDefault();
    montrerLeDossier();
    plateau.querySelector("[role=status]").textContent = refus ?? "Ajouté à votre dossier.";
  });
  document.addEventListener("htmx:afterSettle", montrerLeDossier);
  addEventListener("storage", montrerLeDossier);
  addEventListener("pageshow", montrerLeDossier);
}
