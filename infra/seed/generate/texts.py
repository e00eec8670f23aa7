"""Varied, plausible French prose: job descriptions of 200 to 900 characters, and the pages of a training."""

from __future__ import annotations

import random

LONGEST = 900
OPENINGS = """{name}, {kind} installée à {city}, recherche {title} pour renforcer son équipe.
Au sein de {name}, à {city}, vous rejoignez une équipe de {count} personnes qui forme chaque année des alternants.
Vous souhaitez apprendre un métier en alternance ? {name} vous accueille à {city} et vous accompagne jusqu'au diplôme.
Dans le cadre de son développement, {name} ouvre un poste en alternance à {city}.
Entreprise à taille humaine, {name} transmet ses savoir-faire depuis plus de {count} ans à {city}.
Pour la prochaine rentrée, {name} recrute à {city} une personne motivée qui prépare un diplôme en alternance.""".splitlines()
KINDS = (
    "entreprise indépendante", "maison familiale", "structure reconnue", "équipe passionnée", "coopérative",
    "entreprise locale",
)
# By domain of the ROME code: its first three characters where the first letter is too wide.
TASKS = {
    "A": (
        "préparer les sols et les cultures|soigner les animaux et surveiller leur santé|"
        "entretenir les massifs et les haies|conduire et entretenir le matériel agricole|"
        "récolter et conditionner la production|suivre l'arrosage et les traitements"
    ),
    "A12": (
        "entretenir les massifs et les haies|tondre et tailler selon la saison|préparer les sols et planter|"
        "poser des bordures et des dallages|entretenir le matériel|suivre l'arrosage automatique"
    ),
    "B": (
        "préparer les matières et les outils de l'atelier|réaliser des pièces à la main d'après un modèle|"
        "contrôler les finitions|restaurer des objets anciens|présenter les créations au public|"
        "tenir l'atelier propre et sûr"
    ),
    "C": (
        "accueillir les clients et étudier leur demande|monter les dossiers et vérifier les pièces|"
        "assurer le suivi des contrats|organiser les visites de biens|mettre à jour la base de données|"
        "préparer les rendez-vous des conseillers"
    ),
    "D": (
        "accueillir et conseiller la clientèle|préparer et présenter les produits|"
        "veiller à l'hygiène et à la fraîcheur|tenir la caisse et suivre les stocks|"
        "mettre en place la vitrine du matin|participer à la fabrication avec l'équipe"
    ),
    "D12": (
        "accueillir et conseiller la clientèle|préparer et ranger l'espace de travail|"
        "suivre les rendez-vous et les stocks|tenir la caisse|présenter les produits et les services|"
        "appliquer les règles d'hygiène et de sécurité"
    ),
    "D14": (
        "prospecter de nouveaux clients|préparer les devis et relancer|tenir à jour le fichier des clients|"
        "suivre les commandes jusqu'à la livraison|participer aux salons|"
        "mesurer les résultats d'une action commerciale"
    ),
    "E": (
        "concevoir des supports imprimés et numériques|rédiger et mettre en ligne des contenus|"
        "préparer les événements de l'agence|suivre les retombées d'une campagne|"
        "retoucher des images et monter des vidéos|tenir le planning éditorial"
    ),
    "F": (
        "lire les plans et préparer le chantier|poser et raccorder les éléments|"
        "contrôler la conformité des ouvrages|respecter les règles de sécurité|"
        "approvisionner le poste et nettoyer le chantier|assister le chef d'équipe dans ses relevés"
    ),
    "G": (
        "préparer la salle et dresser les tables|réaliser les préparations froides et chaudes|"
        "accueillir les clients et prendre les commandes|appliquer les règles d'hygiène|"
        "réceptionner et ranger les marchandises|participer à l'élaboration de la carte"
    ),
    "H": (
        "régler et conduire les machines|contrôler les pièces et consigner les mesures|"
        "lire un dossier de fabrication|assembler et souder des éléments|"
        "signaler les anomalies et proposer des améliorations|assurer la maintenance de premier niveau"
    ),
    "I": (
        "diagnostiquer les pannes|démonter, réparer et remonter les organes|réaliser l'entretien périodique|"
        "tenir à jour le carnet d'interventions|conseiller le client sur l'usage de son matériel|"
        "préparer les pièces et l'outillage"
    ),
    "J": (
        "aider les patients dans les gestes du quotidien|surveiller leur état et transmettre à l'équipe|"
        "entretenir l'environnement du patient|participer à l'accueil des familles|suivre les protocoles de soins|"
        "préparer le matériel"
    ),
    "K": (
        "accompagner les personnes dans leur vie quotidienne|préparer les repas et les activités|"
        "entretenir le cadre de vie|être à l'écoute et prévenir l'isolement|"
        "transmettre les informations utiles à l'équipe|participer aux projets de l'établissement"
    ),
    "K21": (
        "préparer des séquences pédagogiques|accompagner des groupes|évaluer les acquis|"
        "participer aux réunions d'équipe|mener une enquête et en rendre compte|tenir à jour la documentation"
    ),
    "K22": (
        "préparer le matériel et les produits|entretenir les sols et les surfaces|"
        "appliquer les protocoles d'hygiène|contrôler la qualité des prestations|gérer les stocks de produits|"
        "respecter les règles de tri"
    ),
    "K25": (
        "accueillir et orienter le public|assurer des rondes et tenir la main courante|"
        "veiller à l'entretien des lieux|appliquer les consignes de sécurité|alerter les secours en cas de besoin|"
        "rendre compte des incidents"
    ),
    "L": (
        "préparer le plateau et le matériel|assister les artistes et les techniciens|assurer l'accueil du public|"
        "participer aux répétitions|tenir le planning des salles|monter et démonter les décors"
    ),
    "M": (
        "traiter le courrier et les appels|saisir et contrôler les pièces|mettre à jour les tableaux de bord|"
        "préparer les réunions et en rédiger les comptes rendus|développer et tester de nouvelles fonctions|"
        "suivre la relation avec les fournisseurs"
    ),
    "M16": (
        "accueillir les visiteurs et gérer les appels|traiter le courrier|mettre en forme des documents|"
        "tenir les agendas|classer et archiver les dossiers|préparer les réunions et en rédiger les comptes rendus"
    ),
    "M18": (
        "développer et tester de nouvelles fonctions|corriger les anomalies signalées|"
        "participer aux revues de code|tenir à jour la documentation technique|assister les utilisateurs|"
        "surveiller les serveurs et les sauvegardes"
    ),
    "N": (
        "préparer et contrôler les chargements|conduire dans le respect de la réglementation|"
        "livrer les clients et faire signer les bordereaux|ranger et inventorier l'entrepôt|"
        "entretenir le véhicule|optimiser les tournées avec l'exploitant"
    ),
}
PROFILES = """Vous êtes ponctuel, curieux et vous aimez le travail en équipe. Aucune expérience n'est demandée.
Vous préparez le diplôme « {diploma} » et cherchez une entreprise pour la durée de votre formation.
Une première expérience, même courte, sera appréciée, mais c'est votre motivation qui compte.
Rigueur, sens du contact et envie d'apprendre sont vos atouts.
Vous êtes à l'aise avec les outils numériques et savez demander de l'aide quand il le faut.
Le poste est ouvert aux personnes en situation de handicap.""".splitlines()
CONDITIONS = """Rythme : une semaine en centre de formation, trois semaines en entreprise.
Horaires du matin du mardi au samedi, repos le dimanche.
Rémunération selon l'âge et l'année de formation, mutuelle et tickets restaurant.
Un tuteur expérimenté vous suit pendant tout le contrat.
Poste accessible en transports en commun. Tenue de travail fournie.
Contrat de {months} mois, embauche possible à l'issue de la formation.
Permis B souhaité, véhicule de service pour les déplacements.""".splitlines()
GOALS = """Acquérir les compétences du métier et obtenir {diploma}.
Se préparer à l'examen par l'alternance entre l'atelier et l'entreprise.
Maîtriser les gestes professionnels, l'organisation du travail et la relation avec le client.
Devenir autonome sur un poste et pouvoir poursuivre au niveau supérieur.""".splitlines()
MODULES = """Enseignement général : français, histoire-géographie, mathématiques, sciences
Prévention, santé et environnement
Technologie professionnelle et sciences appliquées
Travaux pratiques en atelier
Gestion, droit et communication professionnelle
Anglais professionnel
Projet de fin de formation présenté devant un jury
Usages numériques du métier
Accompagnement individualisé et suivi en entreprise""".splitlines()


def tasks(rng: random.Random, rome: str, count: int) -> list[str]:
    """Some missions of the trade's professional domain."""
    return rng.sample((TASKS.get(rome[:3]) or TASKS[rome[0]]).split("|"), count)


def job(rng: random.Random, rome: str, title: str, name: str, city: str, diploma: str, months: int) -> str:
    """A job description: who, what, whom, on which terms. 200 to LONGEST characters."""
    words = {"name": name, "kind": rng.choice(KINDS), "city": city, "title": title, "diploma": diploma, "months": months}
    words["count"] = rng.randint(4, 60)
    missions = tasks(rng, rome, rng.randint(3, 5))
    if rng.random() < 0.5:
        what = "Vos missions :\n- " + "\n- ".join(missions)
    else:
        what = f"Encadré par votre tuteur, vous apprenez à {', '.join(missions[:-1])} et {missions[-1]}."
    parts = [rng.choice(OPENINGS), what]
    parts += rng.sample(PROFILES, rng.randint(1, 2)) + rng.sample(CONDITIONS, rng.randint(1, 2))
    text = "\n".join(part.format(**words) for part in parts)
    while len(text) > LONGEST:
        parts.pop()
        text = "\n".join(part.format(**words) for part in parts)
    return text


def employer(rng: random.Random, name: str, city: str) -> str:
    """A few words about the company."""
    kind, people, years = rng.choice(KINDS), rng.randint(3, 80), rng.randint(2, 30)
    return f"{name} est une {kind} de {city}. Ses {people} salariés forment des alternants depuis {years} ans."


def goal(rng: random.Random, diploma: str) -> str:
    """What a training is for."""
    return " ".join(rng.sample(GOALS, 2)).format(diploma=diploma)


def programme(rng: random.Random, rome: str) -> str:
    """What a training teaches."""
    lines = rng.sample(MODULES, rng.randint(4, 6)) + [f"Apprendre à {task}" for task in tasks(rng, rome, 3)]
    return "\n".join(f"- {line}" for line in lines)
