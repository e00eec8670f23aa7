"""The rows of the partner offers feed, with France Travail's field names."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

from . import companies, diplomas, names, sectors, texts, trades
from .companies import Employer
from .packages import load

COUNT = 3_000
# Serial numbers of SIREN kept for employers seen only here.
FIRST_SERIAL, NEW_EMPLOYERS = 8_400, 1_500
# An offer lives two months; some of the feed are older than that.
OLDEST_DAYS = 70
# France Travail's code for the level wanted of whom prepares a diploma; a CAP wants none, and most offers say nothing.
LEVELS = {"4": "NV5", "5": "NV4", "6": "NV3", "7": "NV2"}
HOURS = ("35H Horaires normaux", "35H Travail samedi et dimanche", "39H Horaires normaux")
LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"
Row = dict[str, Any]


def rows(pool: list[Employer], today: date) -> list[Row]:
    """The feed: 2 % of the rows have no coordinates, about one in seven is past its two months."""
    rng = random.Random(f"{trades.SEED}:offers")
    unplaced = set(rng.sample(range(COUNT), COUNT * 2 // 100))
    result = []
    for index in range(COUNT):
        if index % 2:
            employer = companies.employer(rng, FIRST_SERIAL + index // 2)
        else:
            employer = rng.choice(pool)
        result.append(row(rng, index, employer, today, index not in unplaced))
    return result


def offer_id(index: int) -> str:
    """Three digits and four letters, the shape of France Travail's ids."""
    letters, rest = "", (index * 104_729 + 5_003) % len(LETTERS) ** 4
    for _ in range(4):
        letters += LETTERS[rest % len(LETTERS)]
        rest //= len(LETTERS)
    return f"{200 + index % 17}{letters}"


def title(rng: random.Random, label: str, diploma: str, apprenticeship: bool) -> str:
    """What employers write at the top of an offer."""
    contract = "apprentissage" if apprenticeship else "contrat de professionnalisation"
    forms = (
        f"{label} en {contract} (H/F)",
        f"{label} en alternance (H/F)",
        f"Alternance : {label} (H/F)",
        f"{'Apprenti / Apprentie' if apprenticeship else 'Alternant / Alternante'} - {label}",
        f"{label} - {diploma} (H/F)",
    )
    return rng.choice(forms)


def contact(rng: random.Random, employer: Employer) -> Row:
    """Whom to write to; one offer in ten says nothing."""
    first, last = names.person(rng)
    draw = rng.random()
    if draw < 0.1:
        return {}
    result: Row = {"nom": f"{employer.sign} - {first} {last}"}
    if draw < 0.6:
        result["courriel"] = names.person_email(first, last, employer.domain)
    lines = [employer.sign, employer.address.line, f"{employer.address.postal_code} {employer.address.commune.name}"]
    result |= {f"coordonnees{number}": line for number, line in enumerate(lines, start=1)}
    return result


def workplace(employer: Employer, placed: bool) -> Row:
    """Where the job is."""
    address, commune = employer.address, employer.address.commune
    result: Row = {"libelle": f"{commune.departement} - {commune.name}"}
    if placed:
        result |= {"latitude": address.lat, "longitude": address.lon}
    return result | {"codePostal": address.postal_code, "commune": commune.insee}


def company(rng: random.Random, employer: Employer) -> Row:
    """Who hires; one in twelve is anonymous, and most leave out logo and SIRET."""
    if rng.random() < 0.08:
        return {}
    city = employer.address.commune.name
    result: Row = {"nom": employer.sign, "description": texts.employer(rng, employer.sign, city)}
    if rng.random() < 0.2:
        result["logo"] = f"https://www.{employer.domain}/logo.png"
    if rng.random() < 0.6:
        result["siret"] = employer.siret
    return result


def row(rng: random.Random, index: int, employer: Employer, today: date, placed: bool) -> Row:
    """One line."""
    label = load().rome_labels[employer.rome]
    apprenticeship = rng.random() < 0.75
    diploma = diplomas.title_for(rng, employer.rome)
    months = max(6, min(36, diploma.months))
    age = timedelta(days=rng.randint(0, OLDEST_DAYS), seconds=rng.randint(0, 36_000))
    created = datetime.combine(today, datetime.min.time()) - age
    heading = title(rng, label, diploma.name, apprenticeship)
    division = employer.naf[:2]
    result: Row = {
        "id": offer_id(index),
        "intitule": heading,
        "description": texts.job(
            rng, employer.rome, label.lower(), employer.sign, employer.address.commune.name, diploma.name, months
        ),
        "dateCreation": created.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "lieuTravail": workplace(employer, placed),
        "romeCode": employer.rome,
        "appellationLibelle": label,
        "entreprise": company(rng, employer),
        "typeContrat": "CDD" if rng.random() < 0.85 else "CDI",
        "typeContratLibelle": f"Contrat à durée déterminée - {months} Mois",
        "natureContrat": "E2" if apprenticeship else "FS",
        "dureeTravailLibelle": rng.choice(HOURS),
        "contact": contact(rng, employer),
        "secteurActivite": division,
        "secteurActiviteLibelle": load().division_labels[division].replace("’", "'"),
    }
    if result["typeContrat"] == "CDI":
        result["typeContratLibelle"] = "Contrat à durée indéterminée"
    if diploma.level in LEVELS and rng.random() < 0.3:
        result["niveauFormation"] = LEVELS[diploma.level]
    if rng.random() < 0.4:
        result["opco"] = sectors.opco_of(employer.naf).short
    return result
