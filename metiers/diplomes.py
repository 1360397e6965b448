"""The names of diplomas met in ROME's « accès au métier » texts, each with its niveau.

Patterns are case-sensitive where capitals make the word (« CAP » is not « cap », « BUT » is not « but »).
The niveaux of the diplômes d'État are those Idéo (Onisep, `niveau_certification`) gives; the exercise doctorates,
which are not registered, follow Idéo's `niveau_etudes`: pharmacie, chirurgie dentaire and vétérinaire are
bac+6 (niveau 7), médecine is bac+9 (niveau 8). Diplomas on which sources contradict each other
(audioprothésiste, psychomotricien: bac+3 registered at niveau 5) are left out on purpose.
"""

from catalogue.niveaux import Niveau

_DE = r"[Dd]iplôme d'[ÉEée]tat (?:français )?(?:de la |de l'|de |d'|du )?"


def _diplome_d_etat(*metiers: str) -> str:
    return _DE + "(?i:" + "|".join(metiers) + ")"


DIPLOMES: tuple[tuple[str, Niveau], ...] = (
    # « bac+2 » is read as a number elsewhere; « Bac + BTS », a slip of the source, must not read as the bac.
    (r"(?i:\bbac(?:calauréat)?\b)(?! ?\+)", Niveau.BAC),
    # --- 3
    (r"\b(?:CAPA?|BEPA?|BPA|BAPAAT)\b(?! Taxi| TT)", Niveau.CAP),
    (r"(?i:\bcertificats? d'aptitude professionnelle\b|\bbrevets? d'études professionnelles\b)", Niveau.CAP),
    (r"(?i:\bbrevet professionnel agricole\b)", Niveau.CAP),
    (_diplome_d_etat("accompagnant [ée]ducatif", "ambulancier"), Niveau.CAP),
    # --- 4
    (r"\b(?:BP|BTM|BMA|BPJEPS|BP JEPS|BT)\b", Niveau.BAC),
    (r"(?i:\bbrevets? professionnels?\b(?! agricole))", Niveau.BAC),
    (r"(?i:\bbrevets? techniques? des métiers\b(?! sup)|\bbrevets? des métiers d'art\b)", Niveau.BAC),
    (r"(?i:\bbrevets? de techniciens?\b(?! sup)|\bcapacité en droit\b)", Niveau.BAC),
    (
        _diplome_d_etat(
            "aide[- ]soignant",
            "auxiliaire de puériculture",
            r"technicien (?:de l'|d')intervention",
            "moniteur[- ]éducateur",
        ),
        Niveau.BAC,
    ),
    # --- 5
    (r"\b(?:BTSA?|DUT|DEUG|DEUST|DMA|DEJEPS|L2)\b", Niveau.BAC_2),
    (r"(?i:\bbrevets? de techniciens? supérieurs?\b|\bdiplômes? des métiers d'arts?\b)", Niveau.BAC_2),
    (r"(?i:\bdiplômes? universitaires? de technologie\b)", Niveau.BAC_2),
    (_diplome_d_etat(r"professeur de danse"), Niveau.BAC_2),
    # --- 6
    (r"\b(?:BUT|DCG|DESJEPS|CAFERUIS|DNAP|DNA|DN ?MADE|L3|M1)\b", Niveau.BAC_3_OU_4),
    (
        # A licence is also a permission: to sell alcohol, to fly, to run.
        (
            r"(?i:\blicences?\b(?! (?:IV|III|fédérale|sportive|européenne|d'entrepreneur)\b)"
            r"(?! de (?:pilote|vente|débit|transport|taxi|membre|mécanicien|contrôleur)))"
        ),
        Niveau.BAC_3_OU_4,
    ),
    (r"(?i:\bmaster ?1\b|\bdiplôme national des métiers d'art et du design\b)", Niveau.BAC_3_OU_4),
    (r"(?i:\bdiplôme national d'arts? plastiques?\b)", Niveau.BAC_3_OU_4),
    (
        _diplome_d_etat(
            r"infirmier\b(?!(?:ère)?(?:/ère)? (?:anesthésiste|de bloc|en pratique))",
            "ergothérapeute",
            "orthoptiste",
            "pédicure",
            "manipulateur",
            "puéricult",
            "assistante? (?:de service )?social",
            r"[ée]ducateur (?:spécialisé|de jeunes enfants|technique)",
            "conseiller en économie sociale",
            "médiateur familial",
            "professeur de musique",
        ),
        Niveau.BAC_3_OU_4,
    ),
    # --- 7
    (r"(?i:\bmasters?\b(?! ?1\b)|\bmastères?\b)", Niveau.BAC_5),
    (r"\b(?:DSCG|DNSEP|CAFDES|M2|DESS|DEA)\b", Niveau.BAC_5),
    (
        r"(?i:\bdiplômes? (?:universitaires? )?d'(?:école d'|une école d')?ingénieurs?\b|\btitre d'ingénieur)",
        Niveau.BAC_5,
    ),
    (r"(?i:\bécoles? d'ingénieurs?\b|\bdiplôme national supérieur d'expression)", Niveau.BAC_5),
    (_diplome_d_etat("sage-femme", "masseur", "kinésithérapeute", "paysagiste", r"architecte"), Niveau.BAC_5),
    (r"(?i:\bcertificat de capacité d'orthophoniste\b)", Niveau.BAC_5),
    (
        (
            r"(?i:\b(?:docteurs?|doctorats?) (?:en |de )?(?:pharmacie|chirurgie[- ]dentaire|vétérinaire)|"
            r"\bdoctorat vétérinaire|\bdocteur en médecine ou (?:en )?pharmacie)"
        ),
        Niveau.BAC_5,
    ),
    # --- 8
    (
        r"(?i:\b(?:doctorats?|docteurs?)\b(?! (?:en |de )?(?:pharmacie|chirurgie[- ]dentaire|vétérinaire)))",
        Niveau.DOCTORAT,
    ),
)
