"""People who apply for what was deposited, through partners who lose answers, give up, click twice and try again."""

import base64
import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from partners import TRIES, WORKERS, Partner, tries


@dataclass
class Application:
    """What one person wants, and what its partner was told."""

    person: str
    through: Partner
    offer: dict[str, Any]
    # One hands on 20 a day to one SIRET, and all offers of the campaign are of one.
    caller: str
    key: str | None
    twice: bool
    patience: int
    answers: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    @property
    def hash(self) -> str:
        """What stands for the person in tables."""
        return hashlib.sha256(self.person.encode()).hexdigest()


def apply(through: list[Partner], offers: list[dict[str, Any]], count: int, seed: int) -> list[Application]:
    """Applies as often through these in turn, each time as somebody else; returns what became of each."""
    rng = random.Random(f"{seed}:applications")
    applications = [
        Application(
            person=f"candidat-{seed}-{number}@example.com",
            through=through[number % len(through)],
            offer=rng.choice(offers),
            caller=f"contact@example.com essai {number // 20}",
            key=f"crash-{seed}-a{number}" if rng.random() < 0.8 else None,
            twice=rng.random() < 0.2,
            patience=1 if rng.random() < 0.1 else TRIES,
        )
        for number in range(count)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [
            pool.submit(_send, application)
            for application in applications
            for _ in range(2 if application.twice else 1)
        ]
        for job in jobs:
            job.result()
    return applications


def _send(application: Application) -> None:
    offer = application.offer
    body = {
        "applicant_first_name": "Aucune",
        "applicant_last_name": "PERSONNE",
        "applicant_email": application.person,
        "applicant_phone": "0199000000",
        "applicant_file_name": "cv.pdf",
        "applicant_file_content": "data:application/pdf;base64," + base64.b64encode(_pdf()).decode(),
        "company_siret": offer["company"]["siret"],
        "company_email": offer["contact"]["email"],
        "iv": offer["contact"]["iv"],
        "company_name": offer["company"]["name"],
        "company_naf": "",
        "company_type": "matcha",
        "job_id": offer["job"]["id"],
        "caller": application.caller,
    }
    for _ in tries(application.patience):
        status, answer, headers = application.through.send("/v1/application", body, application.key)
        if status == 200:
            application.answers.append(headers["x-application-id"])
            return
        if status in (400, 403, 404, 422, 429):
            application.refusals.append(f"{status} {answer[:200]}")
            return


def _pdf() -> bytes:
    """A page that says whose it is: nobody's."""
    page = "BT /F1 12 Tf 72 720 Td (CV de personne) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    text, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, body in enumerate(objects, 1):
        table += f"{len(text):010} 00000 n \n"
        text += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(text)
    trailer = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return f"{text}xref\n0 6\n{table}{trailer}".encode()
