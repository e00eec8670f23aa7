"""What is true of appointments after the campaign: of each request, and of what was said about it."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from askers import Asked
from conversations import KINDS, Step
from figures import Figures
from tables import Item

Facts = dict[str, Any]
PARIS = ZoneInfo("Europe/Paris")


@dataclass
class AppointmentFigures(Figures):
    """Those of appointments."""

    appointments: int = 0
    appointments_acknowledged: int = 0
    appointments_present: int = 0
    appointments_lost: int = 0
    appointments_doubled: int = 0
    appointments_refused: int = 0
    appointments_not_listed_once: int = 0
    appointment_stages: dict[str, int] = field(default_factory=dict)
    steps_acknowledged: dict[str, int] = field(default_factory=dict)
    steps_not_known: int = 0
    steps_without_a_mail: int = 0
    steps_lost: int = 0
    steps_refused: int = 0

    PROMISES: ClassVar[tuple[str, ...]] = (
        "appointments_lost",
        "appointments_doubled",
        "appointments_refused",
        "appointments_not_listed_once",
        "steps_lost",
        "steps_refused",
    )

    def never_taken_steps(self) -> list[str]:
        """Steps of which none was acknowledged, so that nothing is known of them."""
        return [kind for kind in KINDS if not self.steps_acknowledged.get(kind)]


def facts_of(records: list[Item]) -> dict[str, Facts]:
    """Where each appointment of the table stands, by its id; `person` is the hash of who asked."""
    there = [item for item in records if item["sk"] == "appointment"]
    return {item["pk"].split("#")[1]: {**json.loads(item["facts"]), "person": item["person"]} for item in there}


def check(
    appointments: list[Asked], steps: list[Step], facts: dict[str, Facts], records: list[Item]
) -> AppointmentFigures:
    """Compares what both sides were told with what the table holds."""
    of_person = Counter(one["person"] for one in facts.values())
    listed = Counter(item["sk"].split("#")[1] for item in records if item["pk"].startswith("appointments-of#"))
    figures = AppointmentFigures(appointments=len(appointments), appointments_present=len(facts))
    figures.appointments_not_listed_once = sum(listed[name] != 1 for name in facts.keys() | listed.keys())
    figures.appointment_stages = dict(Counter(one["stage"] for one in facts.values()))
    for asked in appointments:
        figures.appointments_acknowledged += bool(asked.answers)
        figures.appointments_lost += any(answer not in facts for answer in asked.answers)
        figures.appointments_doubled += of_person[asked.hash] > 1
        figures.appointments_refused += bool(asked.refusals)
    _steps(figures, steps, facts)
    return figures


def _steps(figures: AppointmentFigures, steps: list[Step], facts: dict[str, Facts]) -> None:
    figures.steps_acknowledged = dict(Counter(step.kind for step in steps if step.done))
    for step in steps:
        figures.steps_without_a_mail += step.without_mail
        figures.steps_refused += bool(step.refusals)
        # Whoever took it gave up, or somebody did before it.
        figures.steps_not_known += not step.is_known and not step.without_mail and not step.refusals
        figures.steps_lost += step.is_known and not _is_kept(step, facts.get(step.appointment, {}))


def _is_kept(step: Step, facts: Facts) -> bool:
    """Whether the table holds what was acknowledged; where it was only told that it is over, that it is."""
    is_withdrawn = facts.get("stage") == "withdrawn"
    if step.kind in ("withdraw", "give-up"):
        return is_withdrawn
    if step.kind == "pick":
        picked = [str(seconds(facts["picked"]))] if "picked" in facts else []
        return all([one] == picked for one in step.done) and (bool(picked) or is_withdrawn)
    intention = facts.get("intention")
    if step.kind == "slots":
        slots = [seconds(slot) for slot in facts.get("slots", [])]
        return slots == _typed(step) if step.done else bool(slots) or is_withdrawn
    answered = (step.said["cfa_intention_to_applicant"], step.said["cfa_message_to_applicant_date"])
    # What was only noted may have been followed by an answer.
    is_followed = step.kind == "other-channel" and intention == "personalised_answer"
    return is_followed or (intention, facts.get("answered_at")) == answered


def seconds(slot: dict[str, Any]) -> int:
    """When a slot begins, since 1970."""
    return int(datetime.fromisoformat(slot["starts_at"]).timestamp())


def _typed(step: Step) -> list[int]:
    typed = [f"{step.said[f'day-{number}']} {step.said[f'hour-{number}']}" for number in (1, 2)]
    return sorted(int(datetime.fromisoformat(one).replace(tzinfo=PARIS).timestamp()) for one in typed)
