"""Partners who deposit offers, lose answers, give up, click twice and try again."""

import hashlib
import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

WORKERS = 8
OFFERS_EACH = 20
TRIES = 40
TIMEOUT_SECONDS = 15


def tries(most: int) -> Iterator[int]:
    """As many, each after a wait that doubles, up to two seconds; whoever is answered leaves."""
    for number in range(most):
        yield number
        time.sleep(min(2.0, 0.1 * 2**number))


@dataclass
class Request:
    """What one partner wants, and what it was told."""

    marker: str
    key: str | None
    twice: bool
    patience: int
    answers: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


class Partner:
    """Calls the API. Everything it does is drawn from the seed."""

    def __init__(self, values: dict[str, str], seed: int) -> None:
        self._values = values
        self._seed = seed

    def establishments(self, count: int) -> list[str]:
        """Creates as many establishments; returns their ids."""
        with ThreadPoolExecutor(WORKERS) as pool:
            return list(pool.map(self._establishment, range(count)))

    def deposit(self, establishments: list[str], count: int) -> list[Request]:
        """Deposits as many offers; returns what became of each."""
        rng = random.Random(f"{self._seed}:requests")
        requests = [
            Request(
                marker=f"marque-{self._seed}-{number:06d}",
                key=f"crash-{self._seed}-{number}" if rng.random() < 0.8 else None,
                twice=rng.random() < 0.2,
                # One in ten gives up at the first trouble and never knows.
                patience=1 if rng.random() < 0.1 else TRIES,
            )
            for number in range(count)
        ]
        with ThreadPoolExecutor(WORKERS) as pool:
            jobs = []
            for number, request in enumerate(requests):
                establishment = establishments[number % len(establishments)]
                for _ in range(2 if request.twice else 1):
                    jobs.append(pool.submit(self._offer, request, establishment))
            for job in jobs:
                job.result()
        return requests

    def bouncing(self, establishments: int) -> dict[str, str]:
        """The addresses that refuse what is sent to them, one in twenty, by their hash."""
        addresses = [self._address(number) for number in range(establishments) if number % 20 == 7]
        return {hashlib.sha256(address.encode()).hexdigest(): address for address in addresses}

    def _address(self, number: int) -> str:
        return f"rh-{self._seed}-{number}@example.com"

    def _establishment(self, number: int) -> str:
        body = {
            "establishment_siret": self._values["DEMO_SIRET"],
            "first_name": "Aucune",
            "last_name": "PERSONNE",
            "email": self._address(number),
        }
        for _ in tries(TRIES):
            status, answer = self.post("/v1/jobs/establishment", body, f"crash-{self._seed}-e{number}")
            if status == 201:
                return json.loads(answer)["establishment_id"]
        raise RuntimeError(f"no establishment after {TRIES} tries: {status} {answer[:200]}")

    def _offer(self, request: Request, establishment: str) -> None:
        body = {
            "job_level_label": "Indifférent",
            "job_duration": 12,
            "job_type": ["Apprentissage"],
            "job_start_date": "2099-09-01",
            "job_description": f"{request.marker} : une offre inventée, pour un essai, que personne ne pourvoira.",
            "appellation_code": self._values["DEMO_APPELLATION"],
        }
        for _ in tries(request.patience):
            status, answer = self.post(f"/v1/jobs/{establishment}", body, request.key)
            if status == 201:
                offers = json.loads(answer)["jobs"]
                request.answers += [job["_id"] for job in offers if request.marker in job["job_description"]]
                return
            if status in (400, 403, 404, 422):
                request.refusals.append(f"{status} {answer[:200]}")
                return

    def offer(self, offer_id: str) -> dict[str, Any]:
        """An offer as its detail shows it, with the sealed address that an application sends back."""
        for _ in tries(TRIES):
            status, answer, _ = self.send(f"/v1/jobs/matcha/{offer_id}", None, None)
            if status == 200:
                return json.loads(answer)["matchas"][0]
        raise RuntimeError(f"no offer after {TRIES} tries: {status} {answer[:200]}")

    def post(self, path: str, body: dict[str, Any], key: str | None) -> tuple[int, str]:
        """Status and body; 0 where there was no answer."""
        return self.send(path, body, key)[:2]

    def send(self, path: str, body: dict[str, Any] | None, key: str | None) -> tuple[int, str, dict[str, str]]:
        """The same with the headers, their names in lower case; a GET where there is no body."""
        headers = {"content-type": "application/json", "x-api-key": self._values["API_KEY"]}
        if key is not None:
            headers["idempotency-key"] = key
        request = urllib.request.Request(
            self._values["API_URL"] + path,
            data=None if body is None else json.dumps(body).encode(),
            headers=headers,
            method="GET" if body is None else "POST",
        )
        return call(request)


def call(request: urllib.request.Request) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers; 0 where there was no answer."""
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            told = {name.lower(): value for name, value in answer.headers.items()}
            return answer.status, answer.read().decode(), told
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), {}
    except (OSError, http.client.HTTPException):
        return 0, "", {}
