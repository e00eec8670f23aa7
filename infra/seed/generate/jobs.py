"""The offers inside a recruiter."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from . import diplomas, identifiers, schools, texts, trades
from .companies import Employer
from .packages import load
from .places import pick_address

STATUSES = ("Active", "Pourvue", "Annulée", "En attente")
STATUS_WEIGHTS = (84, 6, 7, 3)
# An offer lives two months from its deposit, and two more from each extension.
LIFE_DAYS = 61
# Days since deposit: about one offer in nine, if never extended, is past its life.
OLDEST_DAYS = 68
LEVELS = {
    "3": "Cap, autres formations niveau (Infrabac)",
    "4": "BP, Bac, autres formations niveau (Bac)",
    "5": "BTS, DEUST, autres formations niveau (Bac+2)",
    "6": "Licence, autres formations niveau (Bac+3)",
    "7": "Master, titre ingénieur, autres formations niveau (Bac+5)",
}
ANY_LEVEL = "Indifférent"
RHYTHMS = (
    "Indifférent", "1 jour / 4 jours", "2 jours / 3 jours", "1 semaine / 1 semaine", "2 semaines / 3 semaines",
    "6 semaines / 6 semaines",
)
TYPES = (["Apprentissage"], ["Professionnalisation"], ["Apprentissage", "Professionnalisation"])
CANCEL_REASONS = ("Je ne suis plus en recherche", "Offre pourvue par un autre canal", "Autre")
Row = dict[str, Any]


def pick_romes(rng: random.Random, employer: Employer) -> list[str]:
    """The trade, often alone, at times with neighbours of the sector; a few offers carry 20."""
    first = employer.rome if rng.random() < 0.7 else rng.choice([*trades.main_trades(employer.naf)[:4], employer.rome])
    others = [code for code in trades.main_trades(employer.naf) if code != first]
    draw = rng.random()
    if draw < 0.01:
        pool = [code for code in trades.demand()[0][:200] if code != first]
        return [first, *rng.sample(pool, 19)]
    return [first, *others[: rng.randint(1, 3)]] if draw < 0.35 else [first]


def delegations(rng: random.Random, today: date) -> list[Row]:
    """The schools that were asked to propose candidates."""
    asked = rng.sample(schools.schools(), rng.randint(1, 3))
    read = f"{(today - timedelta(days=rng.randint(0, 5))).isoformat()}T10:00:00.000Z"
    return [
        {"siret_code": s.siret, "email": f"contact@{s.domain}", "cfa_read_company_detail_at": read if i == 0 else None}
        for i, s in enumerate(asked)
    ]


def rome_detail(rng: random.Random, rome: str) -> Row:
    """A short sheet of the trade."""
    label = load().rome_labels[rome]
    definition = f"Dans ce métier, on apprend à {', '.join(texts.tasks(rng, rome, 3))}."
    return {"code": rome, "libelle": label, "definition": definition, "acces": "Accessible avec un diplôme en alternance."}


def row(rng: random.Random, key: str, employer: Employer, today: date) -> Row:
    """One offer; `key` makes its id."""
    romes = pick_romes(rng, employer)
    label = load().rome_labels[romes[0]]
    diploma = diplomas.title_for(rng, romes[0])
    age = rng.randint(0, OLDEST_DAYS)
    extended = rng.random() < 0.2
    created = today - timedelta(days=age + (LIFE_DAYS if extended else 0))
    last = today - timedelta(days=age)
    status = rng.choices(STATUSES, weights=STATUS_WEIGHTS)[0]
    asked = delegations(rng, today) if rng.random() < 0.15 else []
    city, months = employer.address.commune.name, rng.choice((6, 12, 12, 18, 24, 24, 36))
    long_text = texts.job(rng, romes[0], label.lower(), employer.sign, city, diploma.name, months)
    elsewhere = pick_address(rng, employer.address.commune) if rng.random() < 0.05 else None
    return {
        "_id": identifiers.object_id(f"job:{key}"),
        "rome_label": label,
        "rome_appellation_label": label if rng.random() < 0.8 else None,
        "rome_code": romes,
        "rome_detail": rome_detail(rng, romes[0]) if rng.random() < 0.5 else None,
        "job_level_label": ANY_LEVEL if rng.random() < 0.35 else LEVELS[diploma.level],
        "job_start_date": f"{(today + timedelta(days=rng.randint(-20, 200))).isoformat()}T00:00:00.000Z",
        "job_description": rng.choices((long_text, "Poste à pourvoir rapidement.", None), weights=(85, 5, 10))[0],
        "job_employer_description": texts.employer(rng, employer.sign, city) if rng.random() < 0.6 else None,
        "job_creation_date": f"{created.isoformat()}T09:30:00.000Z",
        "job_expiration_date": f"{(last + timedelta(days=LIFE_DAYS)).isoformat()}T00:00:00.000Z",
        "job_update_date": f"{last.isoformat()}T09:30:00.000Z",
        "job_last_prolongation_date": f"{last.isoformat()}T09:30:00.000Z" if extended else None,
        "job_prolongation_count": 1 if extended else 0,
        "relance_mail_sent": age > LIFE_DAYS - 15,
        "job_status": status,
        "job_status_comment": rng.choice(CANCEL_REASONS) if status == "Annulée" else None,
        "job_type": rng.choices(TYPES, weights=(70, 10, 20))[0],
        "is_multi_published": rng.random() < 0.1,
        "job_delegation_count": len(asked),
        "delegations": asked,
        "is_disabled_elligible": rng.random() < 0.3,
        "job_count": rng.choices((1, 2, 3, 5), weights=(80, 12, 5, 3))[0],
        "job_duration": months,
        "job_rythm": rng.choice(RHYTHMS),
        "custom_address": elsewhere.full if elsewhere else None,
        "custom_geo_coordinates": elsewhere.coordinates if elsewhere else None,
        "stats_detail_view": rng.randint(0, 80),
        "stats_search_view": rng.randint(0, 900),
    }
