"""The register of establishments, as far as a deposit asks it: employers, recruiters, and cases that it refuses."""

from __future__ import annotations

import random
from typing import Any

from . import identifiers, places, recruiters, sectors, trades
from .companies import Employer
from .places import Address

# Serial numbers of SIREN kept for what stands only here, after those of schools.
FIRST_SERIAL = 9_000
Row = dict[str, Any]


def rows(pool: list[Employer], deposited: list[Row]) -> list[Row]:
    """The demonstration's own first, then the special cases, recruiters, and the other employers."""
    result = specials()
    for row in [*map(of_recruiter, deposited), *map(of_employer, pool)]:
        result.setdefault(row["siret"], row)
    return list(result.values())


def specials() -> dict[str, Row]:
    """One of each kind that a deposit tells apart, by SIRET. The first is the one to try a deposit with."""
    paris = Address("12", "Rue des Lilas", "75011", commune("75056"), 48.8594, 2.3785)
    lyon = Address("3", "Place du Marché", "69002", commune("69123"), 45.7578, 4.832)
    saint_denis = Address("8", "Rue Pasteur", "97400", commune("97411"), -20.8789, 55.4481)
    # No register has to know more than a name and an address.
    bare: Row = dict.fromkeys(("enseigne", "naf_code", "naf_label", "opco", "idcc", "size"))
    kinds: list[tuple[str, str, Address, Row]] = [
        ("Boulangerie du Chat Perché", "1071C", paris, {}),
        ("Boulangerie de la Girouette", "1071C", lyon, {"activity": "closed"}),
        ("Fournil du Renard Bleu", "1071C", lyon, {"diffusible": False}),
        ("École des Hirondelles", "8532Z", paris, {}),
        ("Boulangerie du Grand Large", "1071C", saint_denis, {}),
        ("Maison de la Lanterne", "1071C", lyon, {"geo_coordinates": None}),
        ("Fournil des Lucioles", "1071C", lyon, bare),
    ]
    result = {}
    for number, (sign, naf, address, differing) in enumerate(kinds):
        siret = identifiers.siret(FIRST_SERIAL + number)
        legal = f"SARL {sign.upper()}"
        employer = Employer(FIRST_SERIAL + number, siret, sign, legal, naf, "D1102", "3-5", address)
        result[siret] = of_employer(employer) | differing
    return result


def commune(insee: str) -> places.Commune:
    """The commune of that code."""
    return next(commune for commune in places.communes() if commune.insee == insee)


def of_employer(employer: Employer) -> Row:
    """An employer that is open and shown."""
    rng = random.Random(f"{trades.SEED}:registry:{employer.siret}")
    address = employer.address
    return {
        "siret": employer.siret,
        "raison_sociale": employer.legal_name,
        "enseigne": employer.sign,
        "naf_code": employer.naf,
        "naf_label": employer.naf_label,
        "address_detail": recruiters.address_detail(rng, employer),
        "address": address.full,
        "geo_coordinates": address.coordinates,
        "size": employer.size,
        "creation_date": f"{rng.randint(1965, 2022)}-0{rng.randint(1, 9)}-01T00:00:00.000Z",
        "opco": sectors.opco_of(employer.naf).label,
        "idcc": sectors.idcc_of(employer.naf),
        "activity": "open",
        "diffusible": True,
    }


def of_recruiter(row: Row) -> Row:
    """The company of a recruiter, which its document repeats."""
    same = ("naf_code", "naf_label", "address_detail", "address", "geo_coordinates", "opco", "idcc")
    return {
        "siret": row["establishment_siret"],
        "raison_sociale": row["establishment_raison_sociale"],
        "enseigne": row["establishment_enseigne"],
        "size": row["establishment_size"],
        "creation_date": row["establishment_creation_date"],
        "activity": "open",
        "diffusible": True,
    } | {name: row[name] for name in same}
