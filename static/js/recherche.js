// Suggestions under the search fields: an editable combobox with a list (ARIA Authoring Practices).
// Without this file the field is a plain form that works.
"use strict";

const ATTENTE = 120; // ms without typing before asking
const MINIMUM = 2; // letters before asking

for (const formulaire of document.querySelectorAll("form[data-recherche]")) {
  const champ = formulaire.querySelector("input[type=search]");
  const liste = Object.assign(document.createElement("div"), { className: "suggestions", hidden: true, id: `${champ.id}-suggestions` });
  const annonce = Object.assign(document.createElement("p"), { className: "cache" });
  annonce.setAttribute("role", "status");
  liste.setAttribute("role", "listbox");
  liste.setAttribute("aria-label", "Suggestions");
  champ.parentElement.append(liste, annonce);
  for (const [nom, valeur] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", liste.id]]) {
    champ.setAttribute(nom, valeur);
  }

  let minuterie = 0;
  let demande = null; // the question being asked; older answers are dropped with it
  let choix = -1;
  const options = () => [...liste.querySelectorAll("[role=option]")];

  function fermer() {
    clearTimeout(minuterie);
    demande?.abort();
    demande = null;
    choix = -1;
    liste.hidden = true;
    champ.setAttribute("aria-expanded", "false");
    champ.removeAttribute("aria-activedescendant");
  }

  function choisir(rang) {
    const lignes = options();
    if (lignes[choix]) lignes[choix].setAttribute("aria-selected", "false");
    choix = rang;
    const ligne = lignes[choix];
    if (!ligne) return champ.removeAttribute("aria-activedescendant");
    ligne.setAttribute("aria-selected", "true");
    champ.setAttribute("aria-activedescendant", ligne.id);
    ligne.scrollIntoView({ block: "nearest" });
  }

  function montrer(html) {
    liste.innerHTML = html;
    choix = -1;
    champ.removeAttribute("aria-activedescendant");
    options().forEach((ligne, rang) => (ligne.id = `${liste.id}-${rang}`));
    liste.hidden = false;
    champ.setAttribute("aria-expanded", "true");
    const nombre = options().length - 1; // the first row only repeats the words
    annonce.textContent =
      nombre === 0 ? "Aucune suggestion." : `${nombre} suggestion${nombre > 1 ? "s" : ""}, flèches pour les parcourir.`;
  }

  async function demander(ouvrirSur) {
    const mots = champ.value;
    demande?.abort();
    if (mots.trim().length < MINIMUM) {
      annonce.textContent = "";
      return fermer();
    }
    const mienne = (demande = new AbortController());
    try {
      const adresse = `${formulaire.dataset.suggestions}?${new URLSearchParams({ q: mots })}`;
      const reponse = await fetch(adresse, { signal: mienne.signal, headers: { Accept: "text/html" } });
      const html = reponse.ok ? await reponse.text() : "";
      if (mienne !== demande || document.activeElement !== champ) return;
      if (!html) return fermer();
      montrer(html);
      if (ouvrirSur !== undefined) choisir(ouvrirSur < 0 ? options().length - 1 : ouvrirSur);
    } catch {
      if (mienne === demande) fermer(); // no network: the form still works
    }
  }

  champ.addEventListener("input", () => {
    clearTimeout(minuterie);
    minuterie = setTimeout(demander, ATTENTE);
  });

  champ.addEventListener("keydown", (evenement) => {
    const ouverte = !liste.hidden;
    const dernier = options().length - 1;
    if (evenement.isComposing || evenement.ctrlKey || evenement.metaKey) return;
    switch (evenement.key) {
      case "ArrowDown":
        if (ouverte) choisir(choix >= dernier ? 0 : choix + 1);
        else demander(evenement.altKey ? undefined : 0);
        break;
      case "ArrowUp":
        if (ouverte) choisir(choix <= 0 ? dernier : choix - 1);
        else demander(-1);
        break;
      case "Escape":
        // Once to close the list, once more to empty the field.
        if (ouverte) fermer();
        else champ.value = "";
        break;
      case "Enter":
        if (!ouverte || choix < 0) return fermer(); // the form is sent
        location.assign(options()[choix].href);
        break;
      case "Home":
      case "End":
      case "ArrowLeft":
      case "ArrowRight":
        return choisir(-1); // back to the text
      default:
        return;
    }
    evenement.preventDefault();
  });

  champ.addEventListener("blur", fermer);
  // A press on a suggestion must not take the focus before the click follows the link.
  liste.addEventListener("pointerdown", (evenement) => evenement.preventDefault());
  liste.addEventListener("mousedown", (evenement) => evenement.preventDefault());
}
