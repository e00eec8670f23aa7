"""What is true of all that follows from appointments after the campaign: mails and events, no more and no less of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from check_appointments import Facts, seconds
from conversations import MAILS, Step, opened
from faults import Provider
from figures import Figures
from tables import Item, Told, is_left_unknown, mail_id

SIDES = ("centre", "applicant")

@dataclass
class FollowingFigures(Figures):
    """Those of mails and events about appointments."""

    their_mails_due: int = 0
    their_mails_missing: int = 0
    their_mails_without_cause: int = 0
    their_mails_never_taken: int = 0
    their_mails_left_unknown: int = 0
    their_doubts_untold: int = 0
    their_mails_outdated: int = 0
    their_mails_to_others: int = 0
    their_mails_saying_otherwise: int = 0
    their_events_due: int = 0
    their_events_missing: int = 0
    their_events_without_cause: int = 0

    PROMISES: ClassVar[tuple[str, ...]] = (
        "their_mails_missing",
        "their_mails_without_cause",
        "their_mails_never_taken",
        "their_doubts_untold",
        "their_mails_to_others",
        "their_mails_saying_otherwise",
        "their_events_missing",
        "their_events_without_cause",
    )


def check(
    steps: list[Step], facts: dict[str, Facts], mails: dict[str, Item], provider: Provider, told: Told
) -> FollowingFigures:
    """Compares what the table holds with the ledger of mails, what their receivers have, and what a consumer was told."""
    figures = FollowingFigures()
    _mails(figures, facts, mails, provider)
    _words(figures, steps, facts, provider)
    _events(figures, steps, facts, told)
    return figures


def _due(name: str, facts: Facts) -> list[tuple[str, str, bool]]:
    """Template and cause of each mail that follows from where an appointment stands, and whether it is the centre's."""
    due = [("appointment-asked", name, True), ("appointment-sent", name, False)]
    if facts.get("intention") == "personalised_answer":
        due.append((MAILS["pick"][0], MAILS["pick"][1].format(name), False))
    if "picked" in facts:
        due += [("appointment-fixed", f"{name} {side}", side == "centre") for side in SIDES]
    if facts["stage"] == "withdrawn":
        # Who asked knows; where a slot was picked, both calendars are to know too.
        told = SIDES if "picked" in facts else ("centre",)
        due += [("appointment-withdrawn", f"{name} {side}", side == "centre") for side in told]
    return due


def _mails(
    figures: FollowingFigures, facts: dict[str, Facts], mails: dict[str, Item], provider: Provider
) -> None:
    journal = [entry for entry in provider.journal() if entry["outcome"].startswith("accept")]
    taken = {entry["mail_id"]: entry["to_hash"] for entry in journal}
    explained = set()
    for name, one in facts.items():
        # The campaign does not know where centres are: where the request went, all else must go.
        centre = taken.get(mail_id("appointment-asked", name))
        for template, cause, is_centre in _due(name, one):
            wanted = mail_id(template, cause)
            explained.add(wanted)
            figures.their_mails_missing += wanted not in mails
            if wanted in taken:
                to = centre if is_centre else one["person"]
                figures.their_mails_to_others += to is not None and taken[wanted] != to
            elif wanted in mails:
                state = mails[wanted]["state"]
                # What fixes an appointment is of no use once it was given up.
                is_outdated = template == "appointment-fixed" and one["stage"] != "picked" and state == "suppressed"
                figures.their_mails_outdated += is_outdated
                figures.their_mails_left_unknown += state == "unknown"
                figures.their_mails_never_taken += state != "unknown" and not is_outdated
        # Who asked is told where nobody knows whether the centre was. More may be known by now.
        doubt = mail_id("appointment-undelivered", f"{name} uncertain")
        if doubt in mails:
            explained.add(doubt)
        asks = [("requested", mail_id("appointment-asked", name))]
        asks.append(("picked", mail_id("appointment-fixed", f"{name} centre")))
        in_doubt = any(one["stage"] == stage and is_left_unknown(mails.get(mail)) for stage, mail in asks)
        figures.their_doubts_untold += in_doubt and doubt not in mails
    figures.their_mails_due = len(explained)
    figures.their_mails_without_cause = sum(
        str(mail["template"]).startswith("appointment-") and name not in explained for name, mail in mails.items()
    )


def _words(
    figures: FollowingFigures, steps: list[Step], facts: dict[str, Facts], provider: Provider
) -> None:
    """What the centre wrote is in the mail that answers, and the slot that was picked in both invitations."""
    wanted = []
    for step in steps:
        mark = step.said.get("comment") or step.said.get("cfa_message_to_applicant")
        if step.done and mark:
            wanted.append((*MAILS["pick"], step.appointment, mark))
    for name, one in facts.items():
        if "picked" in one:
            start = f"DTSTART:{datetime.fromtimestamp(seconds(one['picked']), UTC):%Y%m%dT%H%M%SZ}"
            wanted += [("appointment-fixed", f"{{}} {side}", name, start) for side in SIDES]
    for template, cause, name, mark in wanted:
        mail = opened(provider, template, cause.format(name))
        if mail is not None:
            texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
            figures.their_mails_saying_otherwise += not any(mark in text for text in texts)


def _events(figures: FollowingFigures, steps: list[Step], facts: dict[str, Facts], told: Told) -> None:
    answered = "appointment.answered"
    notes = [step for step in steps if step.kind == "other-channel"]
    noted = {(answered, f"{step.appointment} other_channel") for step in notes}
    due = {(answered, f"{step.appointment} other_channel") for step in notes if step.is_known}
    for name, one in facts.items():
        due.add(("appointment.requested", name))
        due |= {(answered, f"{name} {one['intention']}")} if "intention" in one else set()
        due |= {("appointment.picked", name)} if "picked" in one else set()
        due |= {("appointment.withdrawn", name)} if one["stage"] == "withdrawn" else set()
    about = {key for key in told if key[0].startswith("appointment.")}
    figures.their_events_due = len(due)
    figures.their_events_missing = len(due - about)
    figures.their_events_without_cause = len(about - due - noted)
