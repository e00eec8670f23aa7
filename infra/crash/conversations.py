"""What follows a request for an appointment: the centre answers by the link of its mail, who asked picks a slot by that
of theirs, or takes it all back; with answers that are lost, twice at once, again, and at cross purposes.
"""

import email
import email.message
import email.policy
import json
import random
import re
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from askers import Asked
from faults import Provider
from partners import TRIES, Partner, call, tries
from tables import mail_id

# What is played, in turn: its parts one after the other, the steps of one at the same moment.
PLAYS = (
    (("words",),),
    (("slots",), ("pick",)),
    (("slots",), ("pick",), ("give-up",)),
    (("other-channel",),),
    (("withdraw",),),
    (("slots", "withdraw"),),
    (("slots",), ("pick", "withdraw")),
    (("other-channel",), ("words",)),
)
KINDS = sorted({kind for play in PLAYS for part in play for kind in part})
# The mail whose link a step is taken by, and what made that due.
MAILS = {
    "words": ("appointment-asked", "{}"),
    "other-channel": ("appointment-asked", "{}"),
    "slots": ("appointment-asked", "{}"),
    "withdraw": ("appointment-sent", "{}"),
    "pick": ("appointment-replied", "{} personalised_answer"),
    "give-up": ("appointment-fixed", "{} applicant"),
}
LINK = re.compile(r"http\S+/links/([A-Za-z0-9_-]+)")
CHOICE = re.compile(r'name="slot" type="radio" value="(\d+)"')
# A mail that breaks at each step is a while on its way: the sweeper, a lease, the word of the provider.
MAIL_SECONDS = 400
WORKERS = 64


@dataclass
class Step:
    """What one side does once, and what it was told of it."""

    kind: str
    appointment: str
    # What is said: the form, or the body of the answer.
    said: dict[str, str]
    twice: bool
    patience: int
    # What was acknowledged: of slots, when the picked one begins.
    done: list[str] = field(default_factory=list)
    # It was told that this had been done already, or that the other side was faster.
    over: bool = False
    without_mail: bool = False
    refusals: list[str] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        """Whether who took it knows what became of it."""
        return bool(self.done) or self.over


@dataclass
class Conversation:
    """An appointment, and what is said about it."""

    asked: Asked
    parts: list[list[Step]]


def play(partner: Partner, provider: Provider, asked: list[Asked], seed: int) -> list[Conversation]:
    """Plays one about each request that was acknowledged, while mails arrive; returns what became of each step."""
    rng = random.Random(f"{seed}:conversations")
    known = [one for one in asked if one.answers]
    played = [
        Conversation(one, [[_step(rng, one, kind) for kind in part] for part in PLAYS[number % len(PLAYS)]])
        for number, one in enumerate(known)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda one: _converse(partner, provider, one), played))
    return played


def steps(played: list[Conversation]) -> list[Step]:
    """Every step of these."""
    return [step for one in played for part in one.parts for step in part]


def opened(provider: Provider, template: str, cause: str) -> email.message.EmailMessage | None:
    """A mail as its receiver reads it; none where it has not arrived."""
    raw = provider.mail(mail_id(template, cause))
    if raw is None:
        return None
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


def _step(rng: random.Random, asked: Asked, kind: str) -> Step:
    twice, patience = rng.random() < 0.3, 1 if rng.random() < 0.1 else TRIES
    name, mark = asked.answers[0], f"mot-{rng.getrandbits(64):016x}"
    said = {}
    if kind in ("words", "other-channel"):
        said = {
            "appointment_id": name,
            "cfa_intention_to_applicant": "personalised_answer" if kind == "words" else "other_channel",
            "cfa_message_to_applicant": mark if kind == "words" else "",
            "cfa_message_to_applicant_date": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        }
    elif kind == "slots":
        said = {"comment": mark}
        for number in (1, 2):
            said[f"day-{number}"] = f"{datetime.now(UTC) + timedelta(days=rng.randint(2, 50)):%Y-%m-%d}"
            said[f"hour-{number}"] = f"{8 + 5 * number - rng.randint(0, 4):02}:30"
            said[f"minutes-{number}"] = "45"
    elif kind in ("withdraw", "give-up"):
        said = {"action": "withdraw"}
    return Step(kind, name, said, twice, patience)


def _converse(partner: Partner, provider: Provider, conversation: Conversation) -> None:
    for part in conversation.parts:
        # All mails first, so that both sides act at the same moment.
        with ThreadPoolExecutor(2 * len(part)) as pool:
            links = list(pool.map(lambda step: _link(provider, step), part))
            tries = [
                pool.submit(_take, partner, link, step, number)
                for step, link in zip(part, links, strict=True)
                for number in range(2 if step.twice else 1)
                if link is not None
            ]
            for one in tries:
                one.result()
        # Who gave up never knows, and nothing follows.
        if not all(step.is_known for step in part):
            return


def _link(provider: Provider, step: Step) -> re.Match[str] | None:
    template, cause = MAILS[step.kind]
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        mail = opened(provider, template, cause.format(step.appointment))
        text = mail and mail.get_body(("plain",))
        if text:
            return LINK.search(text.get_content())
        time.sleep(1)
    step.without_mail = True
    return None


def _take(partner: Partner, link: re.Match[str], step: Step, number: int) -> None:
    for _ in tries(step.patience):
        status, answer, done = _act(partner, link, step, number)
        if status == 200:
            step.done.append(done)
            return
        if status == 410:
            step.over = True
            return
        if status in (400, 401, 403, 404, 422):
            step.refusals.append(f"{step.kind} {status} {answer[:200]}")
            return


def _act(partner: Partner, link: re.Match[str], step: Step, number: int) -> tuple[int, str, str]:
    """Status, body, and what was done."""
    if step.kind in ("words", "other-channel"):
        status, answer = partner.post(f"/appointment-request/reply?token={link[1]}", step.said, None)
        return status, answer, json.dumps(step.said)
    status, page, _ = call(urllib.request.Request(link[0]))
    if status != 200:
        return status, page, ""
    form = step.said
    if step.kind == "pick":
        slots = CHOICE.findall(page)
        if not slots:
            # A page without a choice says that it was made, or that the request was taken back.
            return 410, page, ""
        # A second click is that of somebody who cannot decide.
        form = {"slot": slots[-number % len(slots)]}
    data = urllib.parse.urlencode(form).encode()
    status, page, _ = call(urllib.request.Request(link[0], data=data))
    return status, page, form.get("slot", json.dumps(form))
