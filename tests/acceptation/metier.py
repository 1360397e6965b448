"""S1: the fiche métier D1415."""

from tests.acceptation.adresses import D1415, SOURCES, lignes

_TRAIT = "Quand ce trait est marqué :"

S1 = lignes(
    "S1",
    D1415,
    (1, "Chargé / Chargée de relation client"),
    (2, "date de vérification non renseignée"),
    (3, "Données : ROME 4.0, version 60"),
    (4, "Vous êtes la personne vers qui les clients se tournent", "Vous suivez des clients dans la durée."),
    (5, "D1415"),
    (6, "Commerce, Vente et Grande distribution › Force de vente"),
    (7, "Commerce et distribution"),
    (8, "Fiche parente : Assistant commercial / Assistante commerciale D1401"),
    (9, "celle qui fait en sorte qu'ils restent"),
    (
        10,
        "Rester en lien avec ses clients et vérifier qu'ils sont satisfaits",
        "Répondre aux demandes et prendre en charge les réclamations",
        "Lire les indicateurs et chercher ce qui peut aller mieux",
        "Trouver une solution avec les autres services de l'entreprise",
        "Tenir les bases de données à jour",
    ),
    (11, "à une date laissée vide"),
    (12, "elle combine la demande, les salaires et les conditions d'exercice"),
    (13, "Attractivité globale 4,2 / 10"),
    (14, "Tension du marché (score) 4,4 / 10", "Dit à quel point ce métier est demandé.", "2026"),
    (15, "Salaire (score) 3,0 / 10", "Mesure l'attrait du salaire.", "2026"),
    (16, "Conditions de travail (score) 8,4 / 10", "Évalue le cadre dans lequel on travaille", "2026"),
    (17, "Favorable à la transition numérique, selon Vocaneo."),
    (18, "Positif, selon Vocaneo."),
    (19, "analyse prédictive de Vocaneo sur des données de France Travail et de l'Insee"),
    (20, "Ces chiffres sont nationaux sauf mention contraire."),
    (21, "47 300 personnes", "Personnes en recherche d'emploi dans ce métier sur les 12 derniers mois."),
    (22, "114 380 offres", "Offres d'emploi publiées sur les 12 derniers mois."),
    (23, "9 010 embauches", "Embauches du dernier trimestre."),
    (24, "Indicateur de tension, France Travail 6 / 10", "Note de tension attribuée à France Travail"),
    (
        25,
        "Indicateur de tension, Vocaneo 3 / 10",
        "Note de tension que Vocaneo tire de statistiques de l'emploi.",
    ),
    (26, "Indicateur de tension globale 4,4 / 10", "la moyenne des deux notes précédentes, 6 et 3"),
    (
        27,
        "L'indice rapporte les demandeurs d'emploi aux offres recueillies.",
        "Valeur exacte donnée par la source : 4,38.",
    ),
    (28, "De 1 747 à 2 498 € brut par mois", "La page dit « référentiels officiels »"),
    (29, "1 747 € brut par mois", "parmi les 10 % de personnes les moins payées, le salaire le plus haut"),
    (30, "2 498 € brut par mois", "parmi les 10 % de personnes les mieux payées, le salaire le plus bas"),
    (31, "€ brut par mois"),
    (32, "La page l'affiche deux fois, 3,0 puis 3.", "Une note haute : des salaires élevés, donc attirants"),
    (
        33,
        "un équilibre entre souplesse et exigences du poste",
        "la phrase qui présente la note laisse l'année vide",
    ),
    (34, "Une note proche de 10 : des conditions jugées très favorables."),
    (35, "d'après les contextes de travail de France Travail, datée de 2026"),
    (36, "Horaires et durée du travail Travail en journée Travail saisonnier"),
    (37, "En contact avec du public"),
    (38, "Lieux et déplacements Déplacements professionnels"),
    (39, "Entreprises et milieux professionnels", "Structure de loisirs, culturelle ou touristique"),
    (40, "Clientèle d'affaires", "Clientèle d'entreprises", "Particuliers"),
    (41, "Salarié secteur privé (CDI, CDD)"),
    (42, "Un diplôme de niveau bac+2, en commerce ou en relation client, ouvre ce métier"),
    (43, "Facilité d'accès selon la source 0,5 / 10", "Mesure la facilité d'accès au métier"),
    (44, "Une note haute : accès plus facile, exigences modérées.", "Une note basse : niveau d'études élevé"),
    (45, "« Bac +2 (BTS, DUT, DEUG) »", "Niveau 5 (bac+2)"),
    (46, "« Junior (0 à 2 ans) »"),
    (47, "Durée de formation 12 mois"),
    (48, "Technicité : 2 sur 5."),
    (49, "Reconversion courte possible : oui."),
    (
        50,
        "par un BTS, un BUT ou un titre professionnel",
        "de 6 à 12 mois",
        "un parcours professionnel, une alternance ou la formation professionnelle",
    ),
    (51, "Relation client", "Gestion des litiges", "Outils CRM"),
    (52, "Maîtrise des produits et services", "Adaptation au secteur"),
    (53, "40 certifications"),
    (54, "Niveau de sortie le plus représenté Bac +3"),
    (55, "1 273 établissements"),
    (56, "2 545 formations", "Selon Vocaneo"),
    (57, "617 villes"),
    (58, "pour un public d'étudiants ou de personnes en reconversion"),
    (59, "La page répète ce total plus bas."),
    (
        61,
        "Techniques d'écoute active",
        "Techniques de communication",
        "Techniques de fidélisation",
        "Techniques de gestion de conflits",
        "Techniques de vente et de promotion",
    ),
    (62, "Analyse de données client", "Connaissance des produits et services", "Prise de décision rapide"),
    (63, "Expertises médicales et paramédicales Capacité à travailler sous pression"),
    (
        64,
        "Bac pro métiers du commerce et de la vente option A animation et gestion de l'espace commercial",
        "Bac pro métiers du commerce et de la vente option B prospection clientèle et valorisation de l'offre commerciale",
        "BTS négociation et digitalisation de la relation client",
        "BTS spécialisé en management des unités commerciales",
        "BUT spécialité techniques de commercialisation parcours business développement et management de la relation client",
        "BUT spécialité techniques de commercialisation parcours marketing et management du point de vente",
        "DUT techniques de commercialisation",
    ),
    (
        65,
        "Animer un collectif › Animer, coordonner une équipe Participer à des réunions d'équipe régulières",
    ),
    (
        66,
        (
            "Accompagner l'insertion sociale et professionnelle › Assurer une médiation "
            "Négocier avec les clients en cas de désaccords"
        ),
    ),
    (
        67,
        (
            "Concevoir l'ingénierie de formation › Organiser et piloter un programme de formation "
            "Former les nouveaux employés sur les procédures de service client"
        ),
    ),
    (
        68,
        (
            "Analyser et structurer des données, informations › Analyser / traiter l'information à des fins d'anticipation "
            "Analyser les tendances du marché"
        ),
    ),
    (
        69,
        "Assurer la gestion comptable › Effectuer le suivi des commandes, la facturation Renseigner des documents clients",
    ),
    (
        70,
        "Gérer des litiges, des contentieux › Gérer des réclamations et litiges Traiter les réclamations des clients",
    ),
    (
        71,
        (
            "Accueillir, renseigner › Accueillir, orienter, renseigner un public "
            "Informer le client sur l'environnement touristique et culturel"
        ),
    ),
    (
        72,
        "› Recueillir et analyser les besoins client Analyser les besoins des clients",
        "Détecter les besoins et enjeux",
        "› Répondre aux attentes d'un client Agir rapidement en cas de demande urgente",
        "Répondre aux appels téléphoniques, mails, tchat",
    ),
    (
        73,
        (
            "Concevoir une offre de produits, services › Prospecter de nouveaux clients, de nouveaux marchés "
            "Émettre un appel ou une relance téléphonique"
        ),
    ),
    (
        74,
        (
            "Améliorer le service, fidéliser les clients › Développer et fidéliser la relation client "
            "Assurer le suivi de la satisfaction clients Mener des enquêtes de satisfaction client"
        ),
    ),
    (
        75,
        (
            "Respecter les règles › Respecter la confidentialité des informations "
            "Assurer la confidentialité des informations clients"
        ),
    ),
    (78, "John Holland range les goûts professionnels en six types"),
    (79, "Social La source parle d'un score « très élevé »", _TRAIT + " Les échanges vous donnent de l'élan"),
    (80, "Entreprenant On prend des initiatives", _TRAIT + " Vous prenez volontiers la parole"),
    (81, "Investigateur Comprendre un besoin", "Elle compte, sans dominer."),
    (82, "Réaliste Le travail passe par la relation : aucun geste manuel"),
    (83, "Artistique On peut soigner sa façon de dire", "la création reste en retrait"),
    (84, "Non renseigné par cette source : Conventionnel."),
    (85, "aussi appelé OCEAN, décrit les façons d'être par cinq traits"),
    (86, "Extraversion La source la juge indispensable"),
    (87, "Agréabilité Elle est au centre du métier", "apaiser un conflit"),
    (88, "Conscience Suivre chaque demande jusqu'au bout"),
    (89, "Ouverture Il faut un peu d'imagination"),
    (90, "Névrosisme Un niveau moyen ne pose pas de problème."),
    (91, "Le questionnaire de Shalom Schwartz (SVS) compare dix valeurs"),
    (92, "Réussite Des résultats et des objectifs de vente"),
    (93, "Stimulation D'un client à l'autre, les situations changent"),
    (94, "Autonomie On a souvent de la liberté"),
    (95, "Bienveillance Comprendre l'autre"),
    (96, "Sécurité Les postes passent pour plutôt stables, en particulier dans les grandes entreprises."),
    (97, "Pouvoir Une certaine autorité est possible"),
    (98, "Hédonisme Le travail peut plaire à qui aime rencontrer des gens"),
    (99, "Universalisme Le souci des clients existe", "selon la culture de l'entreprise"),
    (100, "Conformité Il y a des règles de service à suivre"),
    (101, "Tradition Elle tient peu de place"),
    (102, "J'ai le sens du contact", "J'aime communiquer, convaincre", "J'aime organiser, planifier"),
    (103, "Spécialisation Chargé / Chargée de relation client"),
    (104, "Intitulés alternatifs", "Centres d'intérêt selon Vocaneo"),
) | lignes(
    "S1",
    SOURCES,
    (77, "ses savoir-faire de France Travail, de la base CertifInfo et de France compétences (2026)"),
    (105, "ses intitulés et ses centres d'intérêt du ROME 4.0 de France Travail et de sa propre base (2026)"),
)
