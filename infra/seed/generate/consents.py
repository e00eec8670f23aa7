"""What invented schools decided about requests for appointments: most are open, a few are not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from .schools import schools

Row = dict[str, Any]
# Of so many schools that answer for trainings, one decided nothing yet and one refused.
DECIDED_NOTHING_EVERY = 8
REFUSED_EVERY = 9
# Two of three are at Parcoursup, one of four at Affelnet.
OFF_PARCOURSUP_EVERY = 3
AT_AFFELNET_EVERY = 4


def rows(today: date) -> list[Row]:
    """One row for each school that answers for trainings and decided something."""
    managers = sorted({school.manager_index for school in schools()})
    return [
        row(index, today)
        for index in managers
        if index % DECIDED_NOTHING_EVERY != DECIDED_NOTHING_EVERY - 1
    ]


def row(index: int, today: date) -> Row:
    """Invited two months ago, and open since, unless it refused."""
    invited = today - timedelta(days=60)
    opened = (invited + timedelta(days=15)).isoformat()
    refused = index % REFUSED_EVERY == REFUSED_EVERY - 1
    optout = {"invited": invited.isoformat(), "scheduled": opened, "refused" if refused else "activated": opened}
    result: Row = {"siret": schools()[index].siret, "optout": optout}
    if index % OFF_PARCOURSUP_EVERY != OFF_PARCOURSUP_EVERY - 1:
        result["parcoursup"] = {"invited": invited.isoformat(), "accepted": opened}
    if index % AT_AFFELNET_EVERY == 0:
        result["affelnet"] = {"invited": invited.isoformat(), "accepted": opened}
    return result
