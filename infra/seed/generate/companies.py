"""Companies likely to hire: the pool of employers, and the rows of the companies feed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from . import identifiers, names, sectors, trades
from .packages import load
from .places import Address, pick_address

COUNT = 6_000
# One row in so many is the second establishment of the company before it.
CHAIN_EVERY = 12
SIZES = ("0", "1-2", "3-5", "6-9", "10-19", "20-49", "50-99", "100-199", "200-249", "250-499", "500-999")
SIZE_WEIGHTS = (6, 22, 20, 16, 14, 11, 5, 3, 1, 1, 1)
ORIGIN = "regression-departement"


@dataclass(frozen=True)
class Employer:
    """An invented establishment, whatever the feed that shows it."""

    serial: int
    siret: str
    sign: str
    legal_name: str
    naf: str
    rome: str
    """The trade it was drawn for."""
    size: str
    address: Address

    @property
    def naf_label(self) -> str:
        """The sector in words."""
        return " ".join(load().naf_labels[self.naf].split()).replace("’", "'")

    @property
    def domain(self) -> str:
        """Where its addresses and site are."""
        return names.host(self.sign, self.serial)


def employer(rng: random.Random, serial: int, parent: Employer | None = None) -> Employer:
    """A new establishment: of a new company, or the second of the parent's, at another address."""
    rome = parent.rome if parent else trades.pick_rome(rng)
    naf = parent.naf if parent else trades.pick_sector(rng, rome)
    sign = parent.sign if parent else names.company_name(rng, naf)
    legal = parent.legal_name if parent else names.legal_name(rng, sign)
    company = parent.serial if parent else serial
    size = rng.choices(SIZES, weights=SIZE_WEIGHTS)[0]
    siret = identifiers.siret(company, 2 if parent else 1)
    return Employer(company, siret, sign, legal, naf, rome, size, pick_address(rng))


def pool() -> list[Employer]:
    """The establishments of the companies feed; the other feeds draw employers from it too."""
    rng = random.Random(f"{trades.SEED}:companies")
    result: list[Employer] = []
    for serial in range(COUNT):
        second = serial % CHAIN_EVERY == CHAIN_EVERY - 1
        result.append(employer(rng, serial, result[-1] if second else None))
    return result


def own_romes(rng: random.Random, company: Employer) -> list[str] | None:
    """Trades named by the feed itself on one company in five, up to 20; None leaves them to the import."""
    draw = rng.random()
    if draw > 0.2:
        return None
    if draw < 0.005:
        others = [code for code in trades.demand()[0][:200] if code != company.rome]
        return [company.rome, *rng.sample(others, 19)]
    others = [code for code in trades.main_trades(company.naf) if code != company.rome]
    return [company.rome, *others[: rng.randint(0, 4)]]


def rows(companies: list[Employer], today: date) -> list[dict[str, Any]]:
    """The feed: 2 % of the rows have no coordinates."""
    rng = random.Random(f"{trades.SEED}:companies-feed")
    unplaced = set(rng.sample(range(len(companies)), len(companies) * 2 // 100))
    return [row(rng, company, today, index not in unplaced) for index, company in enumerate(companies)]


def row(rng: random.Random, company: Employer, today: date, placed: bool) -> dict[str, Any]:
    """One line, with the field names of the stored company."""
    address, opco = company.address, sectors.opco_of(company.naf)
    created = today - timedelta(days=rng.randint(30, 900))
    updated = today - timedelta(days=rng.randint(1, 28))
    romes = own_romes(rng, company)
    known = rng.random() < 0.93
    result = {
        "siret": company.siret,
        "recruitment_potential": round(50 + 50 * rng.random() ** 2, 2),
        "raison_sociale": company.legal_name,
        "enseigne": company.sign if rng.random() < 0.9 else company.legal_name,
        "naf_code": company.naf,
        "naf_label": company.naf_label,
        "rome_codes": romes,
        "street_number": address.number,
        "street_name": address.street,
        "insee_city_code": address.commune.insee,
        "zip_code": address.postal_code,
        "city": address.commune.name,
        "geo_coordinates": address.coordinates if placed else None,
        "email": f"recrutement@{company.domain}" if rng.random() < 0.7 else None,
        "phone": identifiers.phone(rng, address.commune.region_code) if rng.random() < 0.8 else None,
        "company_size": company.size,
        "website": f"https://www.{company.domain}" if rng.random() < 0.35 else None,
        "algorithm_origin": ORIGIN,
        "opco": opco.label if known else None,
        "opco_short_name": opco.short if known else None,
        "opco_url": opco.url if known else None,
        "created_at": f"{created.isoformat()}T02:00:00.000Z",
        "last_update_at": f"{updated.isoformat()}T02:00:00.000Z",
    }
    if romes is None:
        del result["rome_codes"]
    return result
