"""Invented apprenticeship schools (CFA): they give the trainings, and act for some recruiters."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import identifiers, names
from .places import Address, pick_address
from .trades import SEED

COUNT = 320
# Serial numbers of SIREN kept for schools, after those of companies and recruiters.
FIRST_SERIAL = 8_000
# One school in so many is run by the one before it.
BRANCH_EVERY = 5
# One school in so many is not certified, and one in so many has no address: offers are delegated to neither.
UNCERTIFIED_EVERY = 9
SILENT_EVERY = 16
SIGNS = ("CFA", "Campus", "École des Métiers", "Institut", "Centre de Formation", "Lycée Professionnel", "Académie")


@dataclass(frozen=True)
class School:
    """A school; `manager` is the SIRET of the body that runs it, often itself."""

    index: int
    siret: str
    uai: str
    # That of the place where it teaches, for one school in three; the others teach where they are.
    annex_uai: str
    sign: str
    legal_name: str
    address: Address
    manager_index: int

    @property
    def domain(self) -> str:
        """Where its addresses are."""
        return names.host(self.sign, FIRST_SERIAL + self.index)

    @property
    def is_certified(self) -> bool:
        """Whether it has the quality certification, without which no offer is delegated to it."""
        return self.index % UNCERTIFIED_EVERY != UNCERTIFIED_EVERY - 1

    @property
    def email(self) -> str | None:
        """Where offers that are delegated to it are sent."""
        return None if self.index % SILENT_EVERY == SILENT_EVERY - 1 else f"contact@{self.domain}"


@cache
def schools() -> tuple[School, ...]:
    """All of them, at communes drawn by population."""
    rng = random.Random(f"{SEED}:schools")
    result: list[School] = []
    for index in range(COUNT):
        branch = index % BRANCH_EVERY == BRANCH_EVERY - 1
        address = pick_address(rng, result[-1].address.commune if branch and index % 2 else None)
        sign = f"{rng.choice(SIGNS)} {rng.choice(names.SECOND_WORDS if rng.random() < 0.5 else names.COINED)}"
        legal = f"ASSOCIATION {sign.upper()}" if rng.random() < 0.6 else sign.upper()
        siret = identifiers.siret(FIRST_SERIAL + index)
        uai = identifiers.uai(address.commune.departement, index)
        annex = identifiers.uai(address.commune.departement, COUNT + index) if index % 3 == 0 else uai
        result.append(School(index, siret, uai, annex, sign, legal, address, index - 1 if branch else index))
    return tuple(result)


def block(prefix: str, school: School) -> dict[str, Any]:
    """The catalogue's fields of an establishment, under `etablissement_formateur_` or `…_gestionnaire_`."""
    address, commune = school.address, school.address.commune
    fields = {
        "id": identifiers.object_id(f"school:{school.index}"),
        "siret": school.siret,
        "siren": school.siret[:9],
        "enseigne": school.sign,
        "uai": school.uai,
        "type": "CFA",
        "conventionne": "OUI",
        "adresse": address.line,
        "complement_adresse": None,
        "code_postal": address.postal_code,
        "code_commune_insee": commune.insee,
        "localite": commune.name,
        "cedex": None,
        "region": commune.region,
        "num_departement": commune.departement,
        "nom_departement": commune.departement_name,
        "entreprise_raison_sociale": school.legal_name,
        "courriel": school.email,
        "certifie_qualite": school.is_certified,
        "geo_coordonnees": address.coordinates,
    }
    return {prefix + name: value for name, value in fields.items()}
