"""S2: the certification RNCP34809 and its blocs."""

from tests.acceptation.adresses import BC01, BC02, BC03, RNCP, lignes

S2 = (
    lignes(
        "S2",
        RNCP,
        (1, "RNCP34809"),
        (2, "Chargé de clientèle"),
        (3, "Niveau 5 (bac+2)"),
        (
            4,
            "313 Finances, banque, assurances, immobilier",
            "312t Négociation et vente",
            "312p Gestion des échanges commerciaux",
        ),
        (5, "34593 Prospection vente", "34561 Force vente", "34582 Négociation commerciale"),
        (6, "Échéance de l'enregistrement 23/07/2025", "Enregistrement échu depuis le 23/07/2025"),
        (
            7,
            "GROUPE IGS - CIEFA",
            "33264146300028",
            "CIEFA - GROUPE IGS (Institut de Gestion Sociale)",
            "https://www.ciefa.com/",
        ),
        (8, "INSTITUT INTERNATIONAL DU COMMERCE ET DU DEVELOPPEMENT", "31814740200099"),
        (
            9,
            "Agefos, ministère du Travail et mission nationale de la relation client (2013)",
            "Observatoire des métiers de la banque (2015 et 2019)",
            "Synthèse.Stats (avril 2015)",
            "Dares et France Stratégie",
            "AFRC et Oracle",
            "DCF, livres blancs (2015 et 2016)",
            "Opcalia, métiers commerciaux (2015) et CQPI Relation client (juin 2016)",
            "CNAM, Digitalisation de la fonction commerciale (avril 2016)",
            "Forco (2017 et 2018)",
            "Intergros (octobre 2017)",
            "Presses universitaires de Limoges (2017)",
            "Observatoire prospectif du commerce (décembre 2019)",
            "Loi PACTE",
        ),
        (10, "les emplois de la relation client se maintiennent mais changent", "« super généraliste »"),
        (11, "Gilles Lepoutre, directeur général du cabinet FORA", "cinq opérations en libre-service"),
        (
            12,
            "personnaliser la relation avec le client",
            "négocier et vendre en cherchant à fidéliser",
            "porter l'image de l'entreprise et sa politique qualité",
            "trouver sa place dans une équipe commerciale",
        ),
        (13, "la veille revient aux services centraux", "On exerce seul ou en équipe", "la déontologie"),
        (14, "La certification atteste le socle du métier de chargé de clientèle"),
        (15, "Premier pôle : collecter et traiter l'information commerciale", "le système d'information"),
        (
            16,
            "Deuxième pôle : appliquer la politique commerciale sur tous les canaux",
            "Dérouler les plans d'action",
            "Analyser l'activité et corriger",
        ),
        (17, "Troisième pôle", "Prospecter", "Négocier et vendre", "Assurer l'administration commerciale"),
        (27, "les personnes sans lieu de travail en sont dispensées"),
        (28, "Grille critériée, codée de 0 (non acquis) à 4 (expert)"),
        (29, "Par la VAE : dossier de preuves, puis soutenance devant un jury VAE"),
        (30, "L'entreprise d'accueil et le centre de formation évaluent ensemble"),
        (31, "Les tuteurs remplissent des bilans intermédiaires, puis un bilan final"),
        (
            32,
            "Échelle à cinq échelons",
            "4, Expertise",
            "3, Maîtrise",
            "2, Acquis",
            "1, En cours d'acquisition",
            "0, Non acquis",
        ),
        (33, "La mention NE (non évaluable)"),
        (
            34,
            "Chaque compétence est évaluée plusieurs fois, en entreprise ou au centre, avec des grilles critériées",
        ),
        (35, "Tuteurs et candidats reçoivent un guide et le règlement du titre."),
        (36, "Le titre est acquis quand l'échelon 2 est atteint dans chaque bloc."),
        (37, "Les trois blocs sont obligatoires ; chacun donne un certificat de maîtrise"),
        (38, "Toute entreprise qui vend des biens ou des services"),
        (
            39,
            (
                "Types d'emplois accessibles Chargé de clientèle Attaché commercial Attaché commercial spécialisé "
                "Assistant commercial Conseiller de ventes et de services Vendeur conseil Chargé du service client "
                "Manager d'une unité commerciale"
            ),
        ),
        (
            40,
            "D1401",
            "« Assistanat commercial »",
            "D1402",
            "« Relation commerciale grands comptes et entreprises »",
            "D1403",
            "« Relation commerciale auprès de particuliers »",
        ),
        (41, "Réglementation de l'activité Sans objet"),
        (42, "de niveau 4 déjà obtenu", "de niveau 3 et au moins trois ans d'expérience", "(VAP)"),
        (43, "CV, questionnaire de motivation, tests de culture générale"),
        (44, "à l'oral : un entretien individuel"),
        (45, "En cas de handicap, la procédure est équivalente et adaptée"),
        (46, "Non renseigné par la source : Niveau de maîtrise des compétences, Prérequis à la validation"),
        (47, "Aucun prérequis propre à un bloc."),
        (48, "Formation initiale (élève ou étudiant) Oui"),
        (49, "Contrat d'apprentissage Oui"),
        (50, "Formation continue Oui"),
        (51, "Contrat de professionnalisation Oui"),
        (52, "Candidature individuelle Oui"),
        (53, "Expérience (VAE) Oui"),
        (54, "Trois personnes : une qui représente le certificateur et deux professionnels extérieurs"),
        (55, "(mis à jour le 08/07/2024)"),
        (56, "Accessible en Nouvelle-Calédonie Non renseigné", "illisible dans notre source"),
        (57, "Accessible en Polynésie française Non renseigné"),
        (
            58,
            "2018 18 (petit effectif) 0 89 % (sur 18 certifiés) 78 % (sur 18 certifiés) 83 % (sur 18 certifiés)",
        ),
        (
            59,
            "2017 22 (petit effectif) 0 91 % (sur 22 certifiés) 65 % (sur 22 certifiés) 73 % (sur 22 certifiés)",
        ),
        (60, "https://www.ciefalyon.com/formation-alternance-lyon/chargee-de-clientele"),
        (61, "Aucune formation n'est liée à cette certification dans les données chargées."),
        (62, "Chargé(e) de clientèle RNCP32204"),
        (63, "Référentiel d'activité, de compétences et d'évaluation"),
        (64, "Partenaires Non renseigné par la source.", "Décision Non renseigné"),
    )
    | lignes(
        "S2",
        BC01,
        (18, "RNCP34809BC01 Collecter et traiter l'information commerciale"),
        (
            19,
            "coupure en 6 compétences",
            "système d'information commerciale (SIC)",
            "Trier, classer",
            "Faire circuler",
            "recouper",
            "logiciels métier",
            "bureautiques",
        ),
        (20, "Études de cas, seul ou en groupe", "Dossier normé (plan imposé)"),
    )
    | lignes(
        "S2",
        BC02,
        (21, 'Mettre en oeuvre la politique commerciale dans une dimension "omnicanal"'),
        (22, "coupure en 9 compétences", "(mix marketing)", "N+1", "(RSE)"),
        (23, "Projet commercial réalisé ou réalisable", "rapport normé"),
    )
    | lignes(
        "S2",
        BC03,
        (
            24,
            (
                "Assurer le conseil, la promotion et la vente de produits et services en intégrant la digitalisation de la "
                'relation client (du "multicanal" à "l\'omnicanal")'
            ),
        ),
        (25, "coupure en 11 compétences", "RGPD", "en anglais", "recouvrement"),
        (26, "Jeux de rôle", "sujet tiré au sort", "auto-évaluation", "échange avec le jury"),
    )
)
