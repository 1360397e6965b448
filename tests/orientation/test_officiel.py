"""The counsellor's desk on the official ROME v60 and the sample of the RNCP: measured, and judged by hand."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from html import unescape
from time import process_time
from typing import Any

from django.utils import timezone

from certifications.models import BlocDeCompetences, Certification, Debouche
from metiers.models import Metier, Mobilite
from orientation import calculs
from orientation.items import comptes, requis_par
from orientation.models import Proximite
from orientation.proximite import Profil, liens
from orientation.similarite import Repertoire, peser
from tests import objets
from tests.livraisons import importer
from tests.orientation import recomptes

# Varied sectors: every grand domaine, office work and hands, care, art, command and entry-level jobs.
JUGES = """A1203 A1407 A1501 B1302 B1803 C1102 C1206 C1504 D1102 D1202 D1401 D1408 D1415 E1101 E1205 F1202 F1602 F1603
G1203 G1602 G1703 H1203 H1504 H2902 I1304 I1604 J1501 J1506 K1302 K2111 L1201 L1510 M1203 M1607 M1805 N1101 N4101"""
PROCHES = 5

# (bloc, code of the skill): does someone who has the bloc hold the skill? Read one by one, strictly.
JUSTES = """
RNCP35959BC01 499623, RNCP35959BC02 485175, RNCP35959BC03 503714, RNCP35959BC04 122928, RNCP35959BC04 300400,
RNCP36490BC01 484482, RNCP36490BC01 300366, RNCP36490BC02 120361, RNCP36490BC03 481933, RNCP36490BC03 482812,
RNCP36612BC01 100343, RNCP36612BC01 101489, RNCP36612BC01 122958, RNCP36612BC01 479478, RNCP36612BC01 476833,
RNCP36612BC01 495130, RNCP36612BC01 495132, RNCP36612BC02 119437, RNCP36612BC02 481755, RNCP36612BC02 120708,
RNCP36612BC02 117600, RNCP36612BC03 122958,
RNCP37674BC01 300688, RNCP37674BC01 478668, RNCP37674BC01 478631, RNCP37674BC02 300688, RNCP37674BC02 478669,
RNCP37674BC02 478631,
RNCP39568BC02 115911, RNCP39568BC03 492712, RNCP39568BC04 476790, RNCP39568BC04 498959"""
FAUX = """
RNCP35959BC02 104467, RNCP35959BC03 485175, RNCP36490BC01 116757, RNCP36490BC03 477439, RNCP36490BC03 499110,
RNCP39568BC03 120246"""
CERTIFICATIONS = ("RNCP35959", "RNCP36490", "RNCP36612", "RNCP37674", "RNCP39568")


def couples(texte: str) -> set[tuple[str, ...]]:
    return {tuple(couple.split()) for couple in texte.replace("\n", " ").split(",")}


def test_the_desk_on_official_data(client, rome_v60, donnees_officielles):
    """Loaded once, for it takes seconds; each part below says what it shows."""
    importer("import_rncp", donnees_officielles / "rncp" / "export_fiches_RNCP_V4_1_extrait-dev.xml")

    un_monde_de_formations()

    les_metiers_proches_tiennent_aux_liens_officiels()
    la_comparaison_compte_comme_la_base(client)
    la_comparaison_de_certifications_compte_comme_la_base(client)
    l_ecart_compte_comme_la_base(client)
    l_ecart_compte_ce_qui_est_tenu_sans_metier(client)
    les_suggestions_sont_justes()


def part_de(voisins: dict[int, list[int]], lies: Any) -> tuple[float, float]:
    """Share of métiers at least one neighbour of which is officially linked; share of such neighbours."""
    justes = [[lies(metier, proche) for proche in proches] for metier, proches in voisins.items()]
    tous = [juste for liste in justes for juste in liste]
    return sum(any(liste) for liste in justes) / len(justes), sum(tous) / len(tous)


def les_metiers_proches_tiennent_aux_liens_officiels() -> None:
    """At least 80 % hold an official mobilité or a métier of the family; 80 % of the métiers with skills alone."""
    familles = {pk: parent or pk for pk, parent in Metier.objects.publies().values_list("pk", "parent_id")}
    mobilites = set(Mobilite.objects.values_list("metier_id", "cible_id"))
    juges = list(Metier.objects.publies().filter(code_rome__in=JUGES.split()).values_list("pk", flat=True))
    profils: list[Profil] = calculs.profils()[0]
    debut = process_time()
    list(liens(profils))
    duree = process_time() - debut
    seuls = [replace(p, mobilites=(), associes={}, famille=p.cle) for p in profils]
    par_les_competences: dict[int, list[int]] = defaultdict(list)
    for lien in liens(seuls, PROCHES):
        par_les_competences[lien.metier].append(lien.proche)
    ecrits: dict[int, list[int]] = defaultdict(list)
    for metier, proche in Proximite.objects.filter(rang__lte=PROCHES).values_list("metier_id", "proche_id"):
        ecrits[metier].append(proche)

    def lies(metier: int, proche: int) -> bool:
        return (metier, proche) in mobilites or familles[metier] == familles[proche]

    assert len(juges) == 37
    assert duree < 20
    metiers, paires = part_de({pk: ecrits[pk] for pk in juges}, lies)
    assert (metiers >= 0.8, paires >= 0.8) == (True, True), (metiers, paires)
    metiers, paires = part_de({pk: par_les_competences[pk] for pk in juges}, lies)
    assert (metiers >= 0.8, paires >= 0.5) == (True, True), (metiers, paires)
    metiers, _ = part_de(par_les_competences, lies)
    assert metiers >= 0.95


TROIS = ["D1415", "D1408", "D1403"]
INFORMATIQUE = ["M1855", "M1805", "M1801"]
"""To them lead certifications of the sample: to M1855 by its parent M1805."""
FAMILLES = ("savoir-faire", "savoir-être", "savoir")
CONTEXTES = (
    "Conditions de travail et risques professionnels",
    "Horaires et durée du travail",
    "Lieux et déplacements",
    "Statut d'emploi",
    "Publics spécifiques",
    "Types de structures",
)
LUS_DANS_UN_TEXTE = ("Expérience", "Durée de formation")
"""What rules read in the sentences of the ROME, which no SQL counts."""


def mots(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" ,", ",")


def principal(reponse: Any) -> str:
    """The words of the page, without its head and foot."""
    return mots(reponse.content.decode().split("<main")[1].split("</main>")[0].partition(">")[2])


def nombres(motif: str, texte: str) -> list[tuple[int, ...]]:
    """The numbers of each passage, 0 for those that it leaves out."""
    return [tuple(int(n or 0) for n in trouve.groups()) for trouve in re.finditer(motif, texte)]


def rangs(html: str) -> dict[str, list[str]]:
    """The table of a comparison: by criterion, the HTML of its cells."""
    trouves = re.findall(r'<tr class="[^"]*">\s*<th scope="row">(.*?) <span(.*?)</tr>', html, re.DOTALL)
    return {
        mots(titre): re.findall(r"<td data-titre.*?>(.*?)</td>", reste, re.DOTALL) for titre, reste in trouves
    }


def cites(cellule: str) -> int:
    """How many things a cell says, those that it only counts included."""
    textes = [mots(ligne) for ligne in re.findall(r"<li>(.*?)</li>", cellule) or [cellule]]
    if textes == ["Non renseigné"]:
        return 0
    (reste,) = nombres(r"^et (\d+) autres?$", textes[-1]) or [(1,)]
    return len(textes) - 1 + reste[0]


def un_monde_de_formations() -> None:
    """The files of the offer know none of these certifications: seven formations of one, one withdrawn, three métiers."""
    developpement = Certification.objects.get(pk="RNCP37674")
    metiers = Metier.objects.publies().filter(code_rome__in=["D1415", "D1403", "M1805"]).order_by("code_rome")
    for rang in range(8):
        formation = objets.formation(
            certification=developpement, retire_le=date(2026, 1, 1) if rang == 7 else None
        )
        for metier in metiers[: 1 + rang % 3]:
            objets.lien_formation(formation, metier)
            objets.lien_formation(formation, metier, "editeur")


def la_comparaison_compte_comme_la_base(client: Any) -> None:
    """Every number of `/comparer/`: in the cells, above them, and under the table."""
    for codes in (TROIS, INFORMATIQUE):
        reponse = client.get(f"/comparer/?m={','.join(codes)}")
        html, texte, tableau = reponse.content.decode(), principal(reponse), rangs(reponse.content.decode())
        jour = timezone.localdate()
        attendus = {
            **{type_: [recomptes.contextes(type_, code) for code in codes] for type_ in CONTEXTES},
            "Centres d'intérêt": [recomptes.interets(code) for code in codes],
            "Intérêts professionnels (RIASEC)": [recomptes.riasec(code) for code in codes],
            "Mobilités proposées par le ROME": [recomptes.mobilites(code) for code in codes],
            "Certifications actives": [recomptes.certifications(code, jour) for code in codes],
            "Salaire": [recomptes.indicateurs("salaire", code) for code in codes],
            "Scores donnés par des sources": [recomptes.indicateurs("score", code) for code in codes],
        }
        assert {titre: [cites(cellule) for cellule in tableau[titre]] for titre in attendus} == attendus

        demandes = {
            f"{famille.capitalize()}{'s' if famille == 'savoir' else ''} demandés": famille
            for famille in FAMILLES
        }
        for titre, famille in demandes.items():
            assert [
                nombres(
                    r"^(\d+)(?: dont (\d+) du cœur de métier,)? (\d+) pour ce métier seul$", mots(cellule)
                )[0]
                for cellule in tableau[titre]
            ] == [
                (*recomptes.demandes(famille, code), recomptes.propres(famille, code, codes)[0])
                for code in codes
            ]
        formations = [recomptes.formations(code) for code in codes]
        assert [
            sum(n for (n,) in nombres(r"^(\d+) formation", mots(c))) for c in tableau["Formations"]
        ] == formations

        remplis = [
            *attendus.values(),
            formations,
            *([recomptes.demandes(famille, code)[0] for code in codes] for famille in FAMILLES),
            *(
                [recomptes.colonne(nom, code) for code in codes]
                for nom in ("definition", "domaine_id", "niveau_acces", "score_acces", "emploi_reglemente")
            ),
            *([cites(cellule) for cellule in tableau[titre]] for titre in LUS_DANS_UN_TEXTE),
            [0] * len(codes),  # « En une phrase »: an editor's words, and there are none
        ]
        assert nombres(r"Les (\d+) métiers sur (\d+) critères", texte) == [(len(codes), len(tableau))]
        assert len(remplis) == len(tableau)
        assert nombres(r"(\d+) critères? non renseignés?", texte) == [
            (sum(not rang[place] for rang in remplis),) for place in range(len(codes))
        ]
        seules = client.get(f"/comparer/?m={','.join(codes)}&differences=1")
        assert nombres(r"(\d+) lignes? sans différence masquées?", principal(seules)) == [
            (len(tableau) - html.count('<tr class="differe'),)
        ]

        communs = [recomptes.partages(famille, codes) for famille in FAMILLES]
        assert nombres(r"(?:(\d+) en commun aux trois|Rien n'est demandé par les trois) métiers", texte) == [
            (tous,) for tous, _ in communs
        ]
        assert nombres(r"(\d+) demandés? par plusieurs, pas par tous", texte) == [
            (n,) for _, n in communs if n
        ]
        assert nombres(r"(\d+) seulement pour .*?(?:, dont (\d+) du cœur de métier)?</summary>", html) == [
            recomptes.propres(famille, code, codes) for famille in FAMILLES for code in codes
        ]


def la_comparaison_de_certifications_compte_comme_la_base(client: Any) -> None:
    numeros = ["RNCP37674", "RNCP36490", "RNCP36612"]
    tableau = rangs(client.get(f"/comparer/?c={','.join(numeros)}").content.decode())

    for titre, requete in recomptes.PAR_CERTIFICATION.items():
        assert [cites(cellule) for cellule in tableau[titre]] == [
            recomptes.nombre(requete, n) for n in numeros
        ]
    assert [sum(n for (n,) in nombres(r"^(\d+)$", mots(c))) for c in tableau["Formations connues"]] == [
        recomptes.formations_par_certification(numero) for numero in numeros
    ]


def l_ecart_compte_comme_la_base(client: Any) -> None:
    """Every number of `/ecart/`, both ways; and D1408 → D1415 differs from D1415 → D1408."""
    jour = timezone.localdate()
    for de, vers in (("D1408", "D1415"), ("D1415", "D1408"), ("M1801", "M1855"), ("M1805", "M1855")):
        reponse = client.get(f"/ecart/?de={de}&vers={vers}")
        texte = principal(reponse)
        demandes = [recomptes.demandes(famille, vers)[0] for famille in FAMILLES]
        manques = [recomptes.manques(famille, de, vers) for famille in FAMILLES]
        total, manquants = sum(demandes), sum(n for n, _ in manques)
        assert nombres(
            r"(\d+) tenus? sur (\d+) ; (\d+) à acquérir. En comptant double le cœur de métier : (\d+) points? sur (\d+)",
            texte,
        ) == [(total - manquants, total, manquants, recomptes.points(vers, de), recomptes.points(vers))]
        assert nombres(r" : (\d+) à acquérir sur (\d+)(?:, dont (\d+) du cœur)?", texte) == [
            (manque, demande, coeur) for demande, (manque, coeur) in zip(demandes, manques, strict=True)
        ]
        assert nombres(r"Déjà tenu \((\d+)\)", texte) == [(total - manquants,)]
        assert nombres(r"(\d+) diplômes? cités? par le ROME", texte) == [
            (n,) for n in [recomptes.diplomes(vers)] if n
        ]

        ecart = reponse.context["ecart"]
        par_bloc = recomptes.couverts_par_bloc(de, vers, jour)
        assert {propose.bloc.code: len(propose.couverts) for propose in ecart.blocs} == par_bloc
        assert ecart.nombre_certifications == recomptes.certifications(vers, jour)
        assert (
            nombres(r"(\d+) à acquérir sans bloc suggéré", texte)
            == [(recomptes.sans_bloc(de, vers, jour),) for _ in par_bloc.values()][:1]
        )
        assert {voie.certification.pk: voie.nombre_formations for voie in ecart.voies} == {
            numero: recomptes.formations_par_certification(numero)
            for numero in {code[:9] for code in par_bloc}
        }
        assert nombres(r"Et (\d+) autres?, sur la fiche de la certification", texte) == [
            (recomptes.formations_par_certification(numero) - 5,)
            for numero in {code[:9] for code in par_bloc}
            if numero == "RNCP37674"
        ]
    assert [
        recomptes.manques("savoir-faire", *sens)[0] for sens in (("D1408", "D1415"), ("D1415", "D1408"))
    ] == [20, 15]
    assert "ce n'est pas une passerelle officielle" in principal(client.get("/ecart/?de=D1408&vers=D1415"))


def l_ecart_compte_ce_qui_est_tenu_sans_metier(client: Any) -> None:
    """From a certification held, and from skills ticked."""
    depuis_un_titre = client.get("/ecart/?certification=RNCP37674&vers=M1805")
    codes = [
        cle.split()[1]
        for (cle,) in recomptes.lignes(f"{recomptes.ITEMS} SELECT cle FROM item WHERE code = 'M1805'")
    ][:7]
    depuis_des_competences = client.get(f"/ecart/?competences={','.join(codes)}&vers=M1805")

    total = sum(recomptes.demandes(famille, "M1805")[0] for famille in FAMILLES)
    couverts = recomptes.couverts_par_la_certification("RNCP37674", "M1805")
    tenus = [
        nombres(r"(\d+) tenus? sur (\d+) ; (\d+) à acquérir", principal(page))
        for page in (depuis_un_titre, depuis_des_competences)
    ]
    assert tenus == [[(couverts, total, total - couverts)], [(7, total, total - 7)]]
    assert couverts > 0


def les_suggestions_sont_justes() -> None:
    """Judged pairs: at least 0.8 of what is suggested is right, and nothing is suggested that was not judged."""
    poids = peser(
        [
            *calculs.Competence.objects.publies().values_list("libelle", flat=True),
            *calculs.Savoir.objects.publies().values_list("libelle", flat=True),
        ]
    )
    suggeres = set()
    for numero in CERTIFICATIONS:
        cites = Debouche.objects.filter(certification=numero, metier__isnull=False).values("metier")
        vises = Metier.objects.publies().filter(pk__in=cites) | Metier.objects.publies().filter(
            parent__in=cites
        )
        requis = requis_par(list(vises.values_list("pk", flat=True)))
        repertoire = Repertoire(
            {i.cle: i.libelle for liste in requis.values() for i in comptes(liste)}, poids
        )
        for bloc in BlocDeCompetences.objects.filter(certification=numero):
            for suggestion in repertoire.couverts_par(calculs.phrases_du_bloc(bloc)):
                suggeres.add((bloc.code, suggestion.item[1]))

    justes, faux = couples(JUSTES), couples(FAUX)
    assert suggeres == justes | faux
    assert len(suggeres & justes) / len(suggeres) >= 0.8
