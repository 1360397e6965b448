"""The counsellor's desk on the official ROME v60 and the sample of the RNCP: measured, and judged by hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from time import process_time
from typing import Any

import pytest
from django.db import connection

from certifications.models import BlocDeCompetences, Debouche
from metiers.models import Metier, Mobilite
from orientation import calculs
from orientation.items import comptes, requis_par
from orientation.models import Proximite
from orientation.proximite import Profil, liens
from orientation.similarite import Repertoire, peser
from tests.livraisons import importer

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
RNCP36612BC01 300462, RNCP39568BC03 120246"""
CERTIFICATIONS = ("RNCP35959", "RNCP36490", "RNCP36612", "RNCP37674", "RNCP39568")


def couples(texte: str) -> set[tuple[str, ...]]:
    return {tuple(couple.split()) for couple in texte.replace("\n", " ").split(",")}


def sql(requete: str, *parametres: Any) -> Any:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return curseur.fetchone()[0]


@pytest.mark.django_db
def test_the_desk_on_official_data(client, donnees_officielles):
    """Loaded once, for it takes seconds; each part below says what it shows."""
    importer("import_rome", donnees_officielles / "rome" / "open-data-rome-v460-csv.zip")
    importer("import_rncp", donnees_officielles / "rncp" / "export_fiches_RNCP_V4_1_extrait-dev.xml")

    les_metiers_proches_tiennent_aux_liens_officiels()
    l_ecart_compte_comme_la_base(client)
    la_comparaison_compte_comme_la_base(client)
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


MANQUANTS = """
SELECT COUNT(*) FROM metiers_competencerequise r
JOIN metiers_metier m ON m.id = r.metier_id JOIN metiers_competence c ON c.code_ogr = r.competence_id
WHERE m.code_rome = %s AND c.categorie <> 'Savoir-être professionnel' AND NOT EXISTS (
    SELECT 1 FROM metiers_competencerequise a JOIN metiers_metier d ON d.id = a.metier_id
    WHERE d.code_rome = %s AND a.competence_id = r.competence_id)
"""
COMMUNS = """
SELECT COUNT(*) FROM metiers_savoirrequis a JOIN metiers_savoirrequis b ON a.savoir_id = b.savoir_id
JOIN metiers_savoir s ON s.code_ogr = a.savoir_id
JOIN metiers_metier m ON m.id = a.metier_id JOIN metiers_metier n ON n.id = b.metier_id
WHERE m.code_rome = %s AND n.code_rome = %s AND s.sous_categorie <> 'Certifications'
"""


def l_ecart_compte_comme_la_base(client: Any) -> None:
    """D1408 → D1415 differs from D1415 → D1408, and both are what SQL counts."""
    manquants = {}
    for de, vers in (("D1408", "D1415"), ("D1415", "D1408")):
        ecart = client.get(f"/ecart/?de={de}&vers={vers}").context["ecart"]
        savoir_faire = ecart.mesure.familles[0]
        manquants[de, vers] = len(savoir_faire.manquants)
        assert len(savoir_faire.manquants) == sql(MANQUANTS, vers, de)
        assert len(ecart.mesure.diplomes) == sql(
            "SELECT COUNT(*) FROM metiers_savoirrequis r JOIN metiers_savoir s ON s.code_ogr = r.savoir_id"
            " JOIN metiers_metier m ON m.id = r.metier_id WHERE m.code_rome = %s AND s.sous_categorie = 'Certifications'",
            vers,
        )
        assert "ce n'est pas une passerelle officielle" in ecart.depart.avertissements[0]
    assert manquants == {("D1408", "D1415"): 20, ("D1415", "D1408"): 15}


def la_comparaison_compte_comme_la_base(client: Any) -> None:
    page = client.get("/comparer/?m=D1415,D1408").context["page"]
    savoir_faire, _, savoirs = page.partages
    assert [len(propre.items) for propre in savoir_faire.propres] == [
        sql(MANQUANTS, "D1415", "D1408"),
        sql(MANQUANTS, "D1408", "D1415"),
    ]
    assert len(savoir_faire.communs) == 2
    trois = client.get("/comparer/?m=D1415,D1408,D1403").context["page"]
    colonnes = {r.critere.libelle: r.cellules for _, groupe in trois.tableau.groupes for r in groupe}
    for famille, condition in (("Savoir-faire", "<>"), ("Savoir-être", "=")):
        assert [cellule[0].texte for cellule in colonnes[f"{famille} demandés"]] == [
            str(
                sql(
                    "SELECT COUNT(*) FROM metiers_competencerequise r JOIN metiers_metier m ON m.id = r.metier_id"
                    " JOIN metiers_competence c ON c.code_ogr = r.competence_id"
                    f" WHERE m.code_rome = %s AND c.categorie {condition} 'Savoir-être professionnel'",
                    code,
                )
            )
            for code in trois.codes
        ]
    assert [cellule[0].texte for cellule in colonnes["Savoirs demandés"]] == [
        str(
            sql(
                "SELECT COUNT(*) FROM metiers_savoirrequis r JOIN metiers_metier m ON m.id = r.metier_id"
                " JOIN metiers_savoir s ON s.code_ogr = r.savoir_id"
                " WHERE m.code_rome = %s AND s.sous_categorie <> 'Certifications'",
                code,
            )
        )
        for code in trois.codes
    ]
    # The only two « savoirs » that they share are diplomas.
    assert (len(savoirs.communs), sql(COMMUNS, "D1415", "D1408")) == (0, 0)


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
