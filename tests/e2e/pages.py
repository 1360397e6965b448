"""One address of the demonstration for each kind of page, with the status it answers."""

PAGES = {
    "accueil": ("/", 200),
    "metiers": ("/metiers/", 200),
    "metiers-filtres": ("/metiers/?domaine=D&niveau=5", 200),
    "metiers-sans-resultat": ("/metiers/?domaine=L&riasec=C&niveau=8", 200),
    "metier-complet": ("/metiers/D1415-charge-de-relation-client/", 200),
    "metier-simple": ("/metiers/N1101-cariste/", 200),
    "certifications": ("/certifications/", 200),
    "certification-echue": ("/certifications/RNCP34809-charge-de-clientele/", 200),
    "certification-active": ("/certifications/RNCP37674-developpeur-web-et-web-mobile/", 200),
    "bloc": ("/certifications/RNCP34809/blocs/RNCP34809BC01/", 200),
    "formations": ("/formations/", 200),
    "formation": ("/formations/FOR.2316/", 200),
    "sources": ("/sources/", 200),
    "introuvable": ("/metiers/Z9999/", 404),
}
