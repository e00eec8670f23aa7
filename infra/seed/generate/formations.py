"""The rows of the trainings feed, with the catalogue's field names."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

from . import diplomas, identifiers, schools, texts, trades
from .diplomas import Diploma
from .places import Address, pick_address
from .schools import School

COUNT = 3_000
# Rows that repeat another one under another key, as the catalogue does: a search shows them once.
REPEATED = 45
Row = dict[str, Any]


def rows(today: date) -> list[Row]:
    """The feed: 2 % of the rows have no coordinates, a few are not published, a few are of past years."""
    rng = random.Random(f"{trades.SEED}:formations")
    originals = COUNT - REPEATED
    unplaced = set(rng.sample(range(originals), COUNT * 2 // 100))
    placed = [index for index in range(originals) if index not in unplaced]
    result: list[Row] = []
    for index in range(originals):
        school = schools.schools()[index % schools.COUNT]
        result.append(row(rng, index, school, today, index not in unplaced))
    for index in range(originals, COUNT):
        twin = rng.choice(placed)
        result.append(result[twin] | keys(rng, index, schools.schools()[twin % schools.COUNT]))
    return result


def keys(rng: random.Random, index: int, school: School) -> Row:
    """What tells a training from another."""
    action, manager = 100_000 + index * 7, schools.schools()[school.manager_index]
    place, session, region = school.address.commune.insee, rng.randint(1, 3), rng.randint(1, 28)
    return {
        "cle_ministere_educatif": f"{action:06d}P0{session}31{manager.siret}{school.siret}-{place}#L{rng.randint(1, 3):02d}",
        "id_rco_formation": f"{region:02d}_{200_000 + index}|{region:02d}_{1_400_000 + index}|{action}",
        "id_formation": f"{region:02d}_{200_000 + index}",
        "id_action": str(action),
    }


def pick_diploma(rng: random.Random) -> tuple[Diploma, list[str]]:
    """A diploma and its trades: mostly a well-known one, else any trade's; a few lead to 20 trades."""
    draw = rng.random()
    if draw < 0.8:
        diploma = diplomas.pick(rng)
        return diploma, list(diploma.romes)
    rome = trades.pick_rome(rng)
    diploma = diplomas.title_for(rng, rome)
    if draw < 0.81:
        others = [code for code in trades.demand()[0][:300] if code not in diploma.romes]
        return diploma, [*diploma.romes, *rng.sample(others, 20 - len(diploma.romes))]
    return diploma, list(diploma.romes)


def sessions(rng: random.Random, diploma: Diploma, today: date) -> Row:
    """Start and end of one to three sessions, the first at the last or next rentrée."""
    first = today.year if today.month < 10 else today.year + 1
    first += rng.choices((-3, -1, 0), weights=(3, 20, 77))[0]
    starts, ends, permanent = [], [], []
    for year in range(first, first + rng.randint(1, 3)):
        start = datetime(year, rng.choice((9, 9, 9, 10)), rng.randint(1, 28))
        end = datetime(year + max(1, round(diploma.months / 12)), rng.choice((6, 7, 8)), rng.randint(1, 28))
        starts.append(start.strftime("%Y-%m-%dT00:00:00.000Z"))
        ends.append(end.strftime("%Y-%m-%dT00:00:00.000Z"))
        permanent.append(rng.random() < 0.15)
    return {
        "date_debut": starts,
        "date_fin": ends,
        "modalites_entrees_sorties": permanent,
        "tags": [start[:4] for start in starts],
    }


def place(address: Address, placed: bool) -> Row:
    """Where the training is given."""
    commune = address.commune
    return {
        "lieu_formation_geo_coordonnees": address.coordinates if placed else None,
        "lieu_formation_adresse": address.line,
        "code_postal": address.postal_code,
        "code_commune_insee": commune.insee,
        "localite": commune.name,
        "num_departement": commune.departement,
        "nom_departement": commune.departement_name,
        "region": commune.region,
    }


def row(rng: random.Random, index: int, school: School, today: date, placed: bool) -> Row:
    """One line."""
    diploma, romes = pick_diploma(rng)
    elsewhere = rng.random() < 0.1
    address = pick_address(rng) if elsewhere else school.address
    parcoursup = diploma.level in "56" and rng.random() < 0.3
    return {
        **keys(rng, index, school),
        "intitule_long": f"{diploma.title.upper()} ({diploma.kind.upper()})",
        "intitule_court": diploma.title.upper(),
        "diplome": diplomas.KINDS[diploma.kind],
        "niveau": diplomas.LEVELS[diploma.level],
        "cfd": diploma.cfd,
        "rncp_code": diploma.rncp,
        "rncp_intitule": diploma.title if diploma.rncp else None,
        "rncp_eligible_apprentissage": True,
        "rome_codes": romes,
        "bcn_mefs_10": identifiers.mefs(diploma.cfd, diploma.months),
        "uai_formation": None if elsewhere else school.annex_uai,
        **place(address, placed),
        **schools.block("etablissement_formateur_", school),
        **schools.block("etablissement_gestionnaire_", schools.schools()[school.manager_index]),
        "geo_coordonnees_etablissement_formateur": school.address.coordinates,
        "num_tel": identifiers.phone(rng, address.commune.region_code),
        "email": f"inscription@{school.domain}",
        "entierement_a_distance": rng.random() < 0.03,
        "capacite": str(rng.choice((8, 10, 12, 15, 18, 20, 24, 30))) if rng.random() < 0.8 else None,
        "duree": str(max(1, round(diploma.months / 12))),
        "annee": "1",
        "contenu": texts.programme(rng, romes[0]),
        "objectif": texts.goal(rng, f"le diplôme « {diploma.name} »"),
        **sessions(rng, diploma, today),
        "published": rng.random() >= 0.02,
        "catalogue_published": rng.random() >= 0.02,
        "parcoursup_id": str(30_000 + index) if parcoursup else None,
        "affelnet_statut": "publié" if diploma.level in "34" and index % 3 == 0 else "hors périmètre",
        # The catalogue has none: whoever makes the feed joins Onisep's mapping.
        "id_action_ideo2": f"AF.{50_000 + index}" if index % 2 == 0 else None,
        "onisep_url": None,
        "created_at": f"{today.year - 1}-11-04T03:00:00.000Z",
        "last_update_at": f"{today.isoformat()}T03:00:00.000Z",
    }
