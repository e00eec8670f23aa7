"""People who ask training centres for an appointment, by a form whose answer is lost, twice, or again."""

import hashlib
import json
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from partners import TRIES, WORKERS, Partner, tries

REFERRER = "parcoursup"
# Trainings that are asked about: each costs a call before things break.
TRAININGS = 10


@dataclass
class Asked:
    """What one person wants to talk about, and what it was told."""

    person: str
    training: str
    twice: bool
    patience: int
    answers: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def hash(self) -> str:
        """What stands for the person in tables."""
        return hashlib.sha256(self.person.encode()).hexdigest()


def trainings(partner: Partner) -> list[str]:
    """The clés ministère éducatif of some trainings that are open, before anything breaks."""
    status, answer, _ = partner.send("/partners/parcoursup/formations", None, None)
    if status != 200:
        raise RuntimeError(f"no open trainings: {status} {answer[:200]}")
    open_ids = json.loads(answer)["ids"][:TRAININGS]
    found = []
    for open_id in open_ids:
        body = {"idParcoursup": open_id, "referrer": REFERRER}
        status, answer = partner.post("/appointment-request/context/create", body, None)
        if status != 200:
            raise RuntimeError(f"no link to {open_id}: {status} {answer[:200]}")
        found.append(json.loads(answer)["cle_ministere_educatif"])
    return found


def ask(partner: Partner, open_trainings: list[str], count: int, seed: int) -> list[Asked]:
    """Asks as often, each time as somebody else; returns what became of each."""
    rng = random.Random(f"{seed}:appointments")
    asked = [
        Asked(
            person=f"demandeur-{seed}-{number}@example.com",
            training=rng.choice(open_trainings),
            twice=rng.random() < 0.2,
            patience=1 if rng.random() < 0.1 else TRIES,
        )
        for number in range(count)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(_send, partner, one) for one in asked for _ in range(2 if one.twice else 1)]
        for job in jobs:
            job.result()
    return asked


def _send(partner: Partner, asked: Asked) -> None:
    body: dict[str, Any] = {
        "firstname": "Aucune",
        "lastname": "PERSONNE",
        "phone": "0199000000",
        "email": asked.person,
        "type": "etudiant",
        "applicantMessageToCfa": None,
        "applicantReasons": ["modalite"],
        "cleMinistereEducatif": asked.training,
        "appointmentOrigin": REFERRER,
    }
    # Without a key: the same body within ten minutes is the same request.
    for _ in tries(asked.patience):
        status, answer = partner.post("/appointment-request/validate", body, None)
        if status == 200:
            asked.answers.append(json.loads(answer)["appointment"]["_id"])
            return
        if status in (400, 403, 404, 422):
            asked.refusals.append(f"{status} {answer[:200]}")
            return
