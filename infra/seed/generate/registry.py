"""The register of establishments, as far as a deposit asks it: employers, recruiters, and cases that it refuses.

The rows are in the form of the API Sirene, with what Sirene does not know beside it: OPCO, collective agreement, the
wording of the activity and coordinates in degrees.
"""

from __future__ import annotations

import random
from typing import Any

from . import companies, identifiers, places, recruiters, sectors, trades
from .companies import Employer
from .places import Address

# Serial numbers of SIREN kept for what stands only here, after those of schools.
FIRST_SERIAL = 9_000
# The codes of Sirene for size brackets.
BRACKETS = dict(zip(companies.SIZES, ("00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41"), strict=True))
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
    bare = ("enseigne1Etablissement", "naf_label", "opco", "idcc", "trancheEffectifsEtablissement")
    kinds: list[tuple[str, str, Address, Row]] = [
        ("Boulangerie du Chat Perché", "1071C", paris, {}),
        ("Boulangerie de la Girouette", "1071C", lyon, {"etatAdministratifEtablissement": "F"}),
        ("Fournil du Renard Bleu", "1071C", lyon, {"statutDiffusionEtablissement": "P"}),
        ("École des Hirondelles", "8532Z", paris, {}),
        ("Boulangerie du Grand Large", "1071C", saint_denis, {}),
        ("Maison de la Lanterne", "1071C", lyon, {"geolocetablissement": None}),
        ("Fournil des Lucioles", "1071C", lyon, dict.fromkeys(bare)),
    ]
    result = {}
    for number, (sign, naf, address, differing) in enumerate(kinds):
        siret = identifiers.siret(FIRST_SERIAL + number)
        legal = f"SARL {sign.upper()}"
        employer = Employer(FIRST_SERIAL + number, siret, sign, legal, naf, "D1102", "3-5", address)
        row = of_employer(employer) | differing
        if row["trancheEffectifsEtablissement"] is None:
            row["uniteLegale"] |= {"activitePrincipaleUniteLegale": None}
        result[siret] = row
    return result


def commune(insee: str) -> places.Commune:
    """The commune of that code."""
    return next(commune for commune in places.communes() if commune.insee == insee)


def of_employer(employer: Employer) -> Row:
    """An employer that is open and shown."""
    rng = random.Random(f"{trades.SEED}:registry:{employer.siret}")
    detail = recruiters.address_detail(rng, employer)
    founded = f"{rng.randint(1965, 2022)}-0{rng.randint(1, 9)}-01"
    return establishment(employer.siret, employer.legal_name, employer.sign, employer.naf, founded) | {
        "trancheEffectifsEtablissement": BRACKETS[employer.size],
        "adresseEtablissement": address_of(detail),
        "geolocetablissement": employer.address.coordinates,
        "naf_label": employer.naf_label,
        "opco": sectors.opco_of(employer.naf).label,
        "idcc": sectors.idcc_of(employer.naf),
    }


def of_recruiter(row: Row) -> Row:
    """The company of a recruiter, which its document repeats."""
    names = (row["establishment_raison_sociale"], row["establishment_enseigne"])
    founded = row["establishment_creation_date"][:10]
    return establishment(row["establishment_siret"], *names, row["naf_code"], founded) | {
        "trancheEffectifsEtablissement": BRACKETS[row["establishment_size"]],
        "adresseEtablissement": address_of(row["address_detail"]),
        "geolocetablissement": row["geo_coordinates"],
        "naf_label": row["naf_label"],
        "opco": row["opco"],
        "idcc": row["idcc"],
    }


def establishment(siret: str, legal_name: str, sign: str | None, naf: str, founded: str) -> Row:
    """What the API Sirene says of an establishment that is open and shown, under its names."""
    return {
        "siren": siret[:9],
        "nic": siret[9:],
        "siret": siret,
        "statutDiffusionEtablissement": "O",
        "etatAdministratifEtablissement": "A",
        "dateCreationEtablissement": founded,
        "enseigne1Etablissement": sign,
        "uniteLegale": {
            "etatAdministratifUniteLegale": "A",
            "statutDiffusionUniteLegale": "O",
            "denominationUniteLegale": legal_name,
            "activitePrincipaleUniteLegale": f"{naf[:2]}.{naf[2:]}",
            "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        },
    }


def address_of(detail: Row) -> Row:
    """The parts of an address, under the names of the API Sirene."""
    number, _, repetition = detail["numero_voie"].partition(" ")
    return {
        "numeroVoieEtablissement": number,
        "indiceRepetitionEtablissement": repetition or None,
        "typeVoieEtablissement": detail["type_voie"],
        "libelleVoieEtablissement": detail.get("nom_voie", detail.get("libelle_voie")),
        "codePostalEtablissement": detail["code_postal"],
        "libelleCommuneEtablissement": detail.get("localite", detail.get("libelle_commune")),
        "codeCommuneEtablissement": detail.get("code_insee_localite", detail.get("code_commune")),
    }
