"""Recruiters and their offers, one document a line, as the deposit routes store them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from . import companies, identifiers, jobs, names, schools, sectors, trades
from .companies import Employer

COUNT, JOB_COUNT = 600, 1_000
# How many recruiters hold one, two, three, four offers: 1,000 in all.
JOBS_EACH = (300, 220, 60, 20)
# Serial numbers of SIREN kept for recruiters who are no predicted company.
FIRST_SERIAL = 6_000
STATUSES = ("Actif", "Archivé", "En attente de validation")
STATUS_WEIGHTS = (94, 4, 2)
# A third of the recruiters are of the trades most in demand: who deposits an offer is often a craftsman.
USUAL_TRADES = 5
DELEGATED = 0.12
Row = dict[str, Any]


def rows(pool: list[Employer], today: date) -> list[Row]:
    """The documents: 2 % have no coordinates, two thirds are companies of the other feed."""
    rng = random.Random(f"{trades.SEED}:recruiters")
    unplaced = set(rng.sample(range(COUNT), COUNT * 2 // 100))
    counts = [number for number, many in enumerate(JOBS_EACH, start=1) for _ in range(many)]
    rng.shuffle(counts)
    usual = set(trades.POPULAR[:USUAL_TRADES])
    in_demand = rng.sample([company for company in pool if company.rome in usual], COUNT // 3)
    others = rng.sample([company for company in pool if company.rome not in usual], COUNT // 3)
    new = [companies.employer(rng, FIRST_SERIAL + number) for number in range(COUNT - len(in_demand) - len(others))]
    employers = in_demand + others + new
    rng.shuffle(employers)
    result = []
    for index, (employer, job_count) in enumerate(zip(employers, counts, strict=True)):
        result.append(recruiter(rng, index, employer, job_count, today, index not in unplaced))
    return result


def address_detail(rng: random.Random, employer: Employer) -> Row:
    """The parts of the address, in either of the two shapes met in the original's data."""
    address = employer.address
    street_type, _, street_name = address.street.partition(" ")
    common = {"numero_voie": address.number, "type_voie": street_type, "code_postal": address.postal_code}
    if rng.random() < 0.5:
        return common | {
            "nom_voie": street_name,
            "localite": address.commune.name,
            "code_insee_localite": address.commune.insee,
            "cedex": None,
        }
    return common | {
        "libelle_voie": street_name,
        "libelle_commune": address.commune.name,
        "code_commune": address.commune.insee,
    }


def recruiter(rng: random.Random, index: int, employer: Employer, job_count: int, today: date, placed: bool) -> Row:
    """One document."""
    first, last = names.person(rng)
    delegated = rng.random() < DELEGATED
    school = rng.choice(schools.schools())
    opco = sectors.opco_of(employer.naf)
    created = today - timedelta(days=rng.randint(135, 700))
    domain = school.domain if delegated else employer.domain
    return {
        "_id": identifiers.object_id(f"recruiter:{index}"),
        "establishment_id": identifiers.stable_uuid(f"recruiter:{index}"),
        "establishment_raison_sociale": employer.legal_name,
        "establishment_enseigne": employer.sign if rng.random() < 0.7 else None,
        "establishment_siret": employer.siret,
        "address_detail": address_detail(rng, employer),
        "address": employer.address.full,
        "geo_coordinates": employer.address.coordinates if placed else None,
        "is_delegated": delegated,
        "cfa_delegated_siret": school.siret if delegated else None,
        "last_name": last,
        "first_name": first,
        "phone": identifiers.phone(rng, employer.address.commune.region_code),
        "email": names.person_email(first, last, domain),
        "jobs": [jobs.row(rng, f"{index}:{number}", employer, today) for number in range(job_count)],
        "origin": rng.choice(("lba", "demo-formulaire", "demo-partenaire")),
        "opco": opco.label,
        "idcc": sectors.idcc_of(employer.naf),
        "status": rng.choices(STATUSES, weights=STATUS_WEIGHTS)[0],
        "naf_code": employer.naf,
        "naf_label": employer.naf_label,
        "establishment_size": employer.size,
        "establishment_creation_date": f"{today.year - rng.randint(1, 60)}-0{rng.randint(1, 9)}-01T00:00:00.000Z",
        "createdAt": f"{created.isoformat()}T09:00:00.000Z",
        "updatedAt": f"{(today - timedelta(days=rng.randint(0, 60))).isoformat()}T09:00:00.000Z",
    }
