"""Numbers with a check digit, and ids, all invented and all the same on every run."""

from __future__ import annotations

import hashlib
import random
import uuid
from typing import Any

# No SIREN begins so: a number of ours is never that of a real company, whatever its check digit.
SIREN_PREFIX = "0000"
SIREN_COUNT = 10_000
# Ranges that the regulator keeps for fiction, by INSEE region; overseas companies get the mobile one.
PHONE_RANGES = {
    "11": "019900", "24": "026191", "28": "026191", "52": "026191", "53": "026191", "27": "035301", "32": "035301",
    "44": "035301", "84": "046571", "93": "046571", "94": "046571", "75": "053649", "76": "053649",
}
MOBILE_RANGE = "063998"
UAI_KEYS = "ABCDEFGHJKLMNPRSTUVWXYZ"
NAMESPACE = uuid.UUID("6f0a9c52-2d5e-5c43-9a57-8d1d4c1f7a42")


def luhn_sum(digits: str) -> int:
    """The Luhn sum, doubling every second digit from the right; valid when a multiple of 10."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 else 1)
        total += value - 9 if value > 9 else value
    return total


def with_check_digit(digits: str) -> str:
    """The digits followed by the one that makes them Luhn-valid."""
    return digits + str(-luhn_sum(digits + "0") % 10)


def siren(serial: int) -> str:
    """The SIREN of a serial number under SIREN_COUNT, scattered so that neighbours do not look alike."""
    if not 0 <= serial < SIREN_COUNT:
        raise ValueError(f"only {SIREN_COUNT} SIREN are reserved")
    return with_check_digit(f"{SIREN_PREFIX}{(serial * 7919 + 1207) % SIREN_COUNT:04d}")


def siret(serial: int, establishment: int = 1) -> str:
    """The SIRET of the n-th establishment of a company: both the SIREN and the whole are Luhn-valid."""
    return with_check_digit(f"{siren(serial)}{establishment:04d}")


def uai(departement: str, serial: int) -> str:
    """A school's number: département on 3 characters, a serial above 9000, and the ministry's key letter."""
    prefix = {"2A": "620", "2B": "720"}.get(departement, departement.zfill(3))
    number = f"{prefix}{9000 + serial % 1000:04d}"
    return number + UAI_KEYS[int(number) % 23]


def mefs(cfd: str, months: int) -> list[dict[str, Any]]:
    """The catalogue's MEF of a diploma, one a year: ten invented digits, the same for the same CFD."""
    years = max(1, round(months / 12))
    stem = f"{int(hashlib.sha256(cfd.encode()).hexdigest(), 16) % 10_000_000:07d}"
    return [
        {"mef10": f"9{stem}{years}{year}", "modalite": {"duree": str(years), "annee": str(year)}}
        for year in range(1, years + 1)
    ]


def phone(rng: random.Random, region_code: str) -> str:
    """Ten digits that ring nowhere."""
    return PHONE_RANGES.get(region_code, MOBILE_RANGE) + f"{rng.randrange(10_000):04d}"


def stable_uuid(name: str) -> str:
    """A version 5 UUID of the name."""
    return str(uuid.uuid5(NAMESPACE, name))


def object_id(name: str) -> str:
    """24 hexadecimal digits, the shape of the ids of the original's documents."""
    return hashlib.sha256(name.encode()).hexdigest()[:24]
