"""What is true after the campaign: of every request, offer, application, mail and event."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from applicants import Application
from figures import Figures
from partners import Request
from tables import Item, Told, is_left_unknown, mail_id

FINAL = ("sent", "failed", "suppressed")
TEMPLATES = ("confirm-address", "offer-published")


@dataclass
class Findings(Figures):
    """The figures of all but appointments, which have their own."""

    requests: int = 0
    acknowledged: int = 0
    present: int = 0
    lost: int = 0
    doubled_rows: int = 0
    without_posting: int = 0
    refused: int = 0
    mails_due: int = 0
    mails_missing: int = 0
    mails_taken: int = 0
    mails_without_cause: int = 0
    mails_unknown: int = 0
    mails_doubled: int = 0
    mails_doubled_outside_window: int = 0
    mails_sent_but_never_taken: int = 0
    mail_states: dict[str, int] = field(default_factory=dict)
    applications: int = 0
    applications_acknowledged: int = 0
    applications_present: int = 0
    applications_lost: int = 0
    applications_doubled: int = 0
    applications_refused: int = 0
    applications_not_looked_at: int = 0
    applications_without_both_mails: int = 0
    applications_in_doubt: int = 0
    applications_in_doubt_untold: int = 0
    application_stages: dict[str, int] = field(default_factory=dict)
    events_due: int = 0
    events_missing: int = 0
    events_repeated: int = 0
    events_renamed: int = 0

    PROMISES: ClassVar[tuple[str, ...]] = (
        "lost",
        "doubled_rows",
        "without_posting",
        "refused",
        "mails_missing",
        "mails_without_cause",
        "mails_doubled_outside_window",
        "mails_sent_but_never_taken",
        "applications_lost",
        "applications_doubled",
        "applications_refused",
        "applications_not_looked_at",
        "applications_without_both_mails",
        "applications_in_doubt_untold",
        "events_missing",
        "events_renamed",
    )


def is_settled(mail: Item) -> bool:
    """Whether nothing will be done with a mail any more."""
    return mail["state"] in FINAL or is_left_unknown(mail)


def mails_of(ledger: list[Item]) -> dict[str, Item]:
    """The mails of the ledger, by their ids."""
    return {item["pk"].split("#")[1]: item for item in ledger if item["pk"].startswith("mail#")}


def check(
    requests: list[Request],
    applications: list[Application],
    records: list[Item],
    postings: list[Item],
    ledger: list[Item],
    journal: list[Item],
    told: Told,
) -> Findings:
    """Compares what partners were told with what the tables hold and what the mail provider was given."""
    offers: dict[str, list[str]] = {}
    for item in records:
        if item["sk"].startswith("offer#"):
            job = json.loads(item["job"])
            offers.setdefault(job["job_description"].split(" ")[0], []).append(job["_id"])
    filed = {item["sk"].split("#")[1].split("!")[0] for item in postings if item["pk"].startswith("matcha#stock#")}
    ids = [offer for found in offers.values() for offer in found]
    findings = Findings(requests=len(requests), present=len(ids), events_due=len(ids), mails_due=len(ids))
    for request in requests:
        there = offers.get(request.marker, [])
        findings.acknowledged += bool(request.answers)
        findings.lost += any(answer not in there for answer in request.answers)
        findings.doubled_rows += len(there) > 1
        findings.refused += bool(request.refusals)
    findings.without_posting = sum(offer not in filed for offer in ids)
    mails = mails_of(ledger)
    _mails(findings, ids, mails, journal)
    _applications(findings, applications, records, ledger, mails)
    findings.events_missing = sum(("offer.published", offer) not in told for offer in ids)
    findings.events_repeated = sum(each.total() - 1 for each in told.values())
    findings.events_renamed = sum(len(each) > 1 for each in told.values())
    return findings


def _applications(
    findings: Findings,
    applications: list[Application],
    records: list[Item],
    ledger: list[Item],
    mails: dict[str, Item],
) -> None:
    there = {item["pk"].split("#")[1]: item for item in records if item["sk"] == "application"}
    of_person = Counter(item["person"] for item in there.values())
    findings.applications = len(applications)
    findings.applications_present = len(there)
    for application in applications:
        findings.applications_acknowledged += bool(application.answers)
        findings.applications_lost += any(answer not in there for answer in application.answers)
        findings.applications_doubled += of_person[application.hash] > 1
        findings.applications_refused += bool(application.refusals)
    findings.applications_not_looked_at = sum(item["pk"].startswith("scan#") for item in ledger)
    both = ("application-sent", "application-received")
    findings.applications_without_both_mails = sum(
        any(mail_id(template, name) not in mails for template in both) for name in there
    )
    # Nobody knows whether it left: who applied must have been told so.
    doubts = [name for name in there if is_left_unknown(mails.get(mail_id("application-received", name)))]
    findings.applications_in_doubt = len(doubts)
    findings.applications_in_doubt_untold = sum(
        mail_id("application-undelivered", f"{name} uncertain") not in mails for name in doubts
    )
    findings.application_stages = dict(Counter(json.loads(item["facts"])["stage"] for item in there.values()))
    findings.mails_due += 2 * len(there)


def _mails(findings: Findings, offers: list[str], mails: dict[str, Item], journal: list[Item]) -> None:
    taken = Counter(entry["mail_id"] for entry in journal if entry["outcome"] in ("accept", "accept-then-close"))
    due = {offer: [mail_id(template, offer) for template in TEMPLATES] for offer in offers}
    findings.mails_missing = sum(sum(mail in mails for mail in pair) != 1 for pair in due.values())
    findings.mails_taken = len(taken)
    findings.mails_without_cause = sum(mail not in mails for mail in taken)
    findings.mail_states = dict(Counter(str(mail["state"]) for mail in mails.values()))
    unknown = {name for name, mail in mails.items() if int(mail.get("unknowns", 0)) > 0}
    findings.mails_unknown = len(unknown)
    doubled = {name for name, count in taken.items() if count > 1}
    findings.mails_doubled = len(doubled)
    findings.mails_doubled_outside_window = len(doubled - unknown) + sum(count > 2 for count in taken.values())
    findings.mails_sent_but_never_taken = sum(
        mail["state"] == "sent" and name not in taken for name, mail in mails.items()
    )
