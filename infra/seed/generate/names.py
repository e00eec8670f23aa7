"""Invented people and companies: plausible to read, impossible to take for someone."""

from __future__ import annotations

import random
import re
import unicodedata

from .sectors import first_words

FIRST_NAMES = """Camille Dominique Claude Morgan Lou Sacha Charlie Alix Noa Maxime Andréa Eden Ange Swann Yaël Lise Zélie
Anaïs Brune Élio Naël Ondine Mahé Soline Tiphaine Ulysse Victoire Wassim Ysée Zacharie""".split()
LAST_NAMES = """Exemple Fictif Modèle Spécimen Essai Prototype Maquette Brouillon Canevas Gabarit Échantillon Démonstration
Patron Calque Ébauche Croquis Jalon Repère Factice Épreuve""".split()
SECOND_WORDS = """du Moulin Bleu|des Trois Tilleuls|de la Source Claire|du Vieux Lavoir|des Quatre Vents|de l'Horloge Bleue
du Cèdre Doré|de la Rivière Verte|des Hirondelles|du Pont Fleuri|de l'Étoile Filante|du Grand Large|de la Licorne
du Phare Blanc|des Lucioles|du Hérisson Malin|de la Girouette|des Coquelicots|du Renard Bleu|de l'Écureuil
de la Comète|du Jardin Perché|des Mille Clochettes|du Merle Blanc|de la Lanterne|du Pré aux Grues|des Sept Collines
de l'Aubépine|du Chat Perché|de la Marelle""".replace("\n", "|").split("|")
COINED = """Lormeval Tarvignan Oscarel Brivolle Mandorève Quintelac Sorvane Valtrémie Ombrelin Castérive Feyrolane Noirmence
Glanderon Pivertin Hautebrise Rosambelle Verdanoue Clairmontel Douzamont Pellegrane Ardevine Belloiseau""".split()
LEGAL_FORMS = ("SARL", "SAS", "EURL", "SA", "SCOP")


def slug(text: str, length: int = 40) -> str:
    """The text as part of a host name."""
    plain = unicodedata.normalize("NFD", text.lower().replace("œ", "oe")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:length].strip("-")


def company_name(rng: random.Random, naf: str) -> str:
    """The name on the sign, in the manner of the sector."""
    second = rng.choice(SECOND_WORDS) if rng.random() < 0.55 else rng.choice(COINED)
    return f"{rng.choice(first_words(naf))} {second}"


def legal_name(rng: random.Random, sign: str) -> str:
    """The registered name: capitals, with a legal form."""
    return f"{rng.choice(LEGAL_FORMS)} {sign.upper()}"


def person(rng: random.Random) -> tuple[str, str]:
    """First and last name."""
    return rng.choice(FIRST_NAMES), rng.choice(LAST_NAMES)


def host(name: str, serial: int) -> str:
    """A company's domain, under one that is reserved for examples."""
    return f"{slug(name, 30)}-{serial}.example.com"


def person_email(first: str, last: str, domain: str) -> str:
    """Somebody's address at a company."""
    return f"{slug(first)}.{slug(last)}@{domain}"
