// The page of the dossier: what it shows becomes the dossier of this device. Loaded after site.js.
"use strict";

const page = document.getElementById("dossier");
const affiche = page.dataset.dossier;
const garde = dossierGarde.lire();
const venuDIci = document.referrer.startsWith(`${location.origin}/`);
const appareil = document.getElementById("appareil");

// A dossier opened from a letter or a sheet takes the place of the one kept: say it, and give the other back.
if (garde && garde !== affiche && !(venuDIci && affiche)) {
  const autre = document.getElementById("autre-dossier");
  autre.querySelector("a").href = adresseDuDossier(garde);
  autre.hidden = false;
}
if (affiche) dossierGarde.garder(affiche);
else if (new URLSearchParams(location.search).has("vide")) dossierGarde.garder("");
montrerLeDossier();
appareil.hidden = !dossierGarde.lire();

document.getElementById("oublier").addEventListener("click", () => {
  dossierGarde.garder("");
  location.assign(location.pathname);
});

const copier = document.getElementById("copier");
if (copier && navigator.clipboard) {
  copier.hidden = false;
  copier.addEventListener("click", async () => {
    const champ = document.getElementById("adresse-du-dossier");
    let etat = "Adresse copiée.";
    try {
      await navigator.clipboard.writeText(champ.value);
    } catch {
      champ.select();
      etat = "La copie est refusée par ce navigateur : l'adresse est sélectionnée, copiez-la avec le clavier.";
    }
    document.getElementById("etat-copie").textContent = etat;
  });
}
