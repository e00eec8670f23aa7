"""What breaks while the campaign runs: a proxy that throttles, resets and loses answers, a mail provider that does too."""

import json
import random
import subprocess
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from settings import TOOLS, LocalError
from tables import Tables

# "Applied, answer lost" is the fault that matters: the call is passed on, and its answer cut after a byte. A
# connection that is reset was not passed on.
LOST = {"abort_bytes": 1}
THROTTLED = {"code": "ThrottlingException"}
RULES: list[dict[str, Any]] = [
    {"service": "dynamodb", "operation": "TransactWriteItems", "probability": 0.08, "response": LOST},
    {"service": "dynamodb", "operation": "PutItem", "probability": 0.05, "response": LOST},
    {"service": "dynamodb", "operation": "UpdateItem", "probability": 0.05, "response": LOST},
    {"service": "dynamodb", "operation": "DeleteItem", "probability": 0.05, "response": LOST},
    {"service": "dynamodb", "operation": "TransactWriteItems", "probability": 0.05, "error": THROTTLED},
    {"service": "dynamodb", "operation": "GetItem", "probability": 0.05, "error": THROTTLED},
    {"service": "dynamodb", "operation": "Query", "probability": 0.05, "error": THROTTLED},
    {"service": "dynamodb", "operation": "TransactWriteItems", "probability": 0.04, "reset": True},
    {"service": "dynamodb", "operation": "UpdateItem", "probability": 0.04, "reset": True},
    {"service": "sqs", "operation": "SendMessage", "probability": 0.1, "response": LOST},
    {"service": "sqs", "operation": "SendMessage", "probability": 0.05, "reset": True},
    {"service": "sns", "operation": "Publish", "probability": 0.1, "response": LOST},
    {"service": "sns", "operation": "Publish", "probability": 0.05, "reset": True},
]
# In percent of the mails handed over; the others are taken and answered.
PROVIDER = {"accept-then-close": 10, "throttle": 8, "fail": 4}


class Proxy:
    """Between the functions and the local cloud."""

    def __init__(self, port: int, upstream: str, log: Path) -> None:
        self.endpoint = f"http://127.0.0.1:{port}"
        command = [str(TOOLS / "microburst"), "--host", "127.0.0.1", "--port", str(port), "--upstream", upstream]
        self._process = subprocess.Popen(command, stdout=log.open("ab"), stderr=subprocess.STDOUT)
        _await(lambda: self._call("GET", "/_microburst/rules"), "the fault proxy")

    def break_things(self) -> None:
        """From now on."""
        self._call("POST", "/_microburst/rules", RULES)

    def mend(self) -> dict[str, int]:
        """Nothing breaks any more; how often each rule did."""
        fired = {name(rule): rule["fired_count"] for rule in self._call("GET", "/_microburst/rules")}
        self._call("POST", "/_microburst/rules", [])
        return fired

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(timeout=30)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        return _http(method, self.endpoint + path, body)


class Provider:
    """A mail provider that keeps a journal of what it was given: the judge of what was sent twice."""

    def __init__(self, program: Path, port: int, seed: int, log: Path) -> None:
        self.endpoint = f"http://127.0.0.1:{port}"
        shares = [f"{outcome}={percent}" for outcome, percent in PROVIDER.items()]
        command = [str(program), str(port), str(seed), *shares]
        self._process = subprocess.Popen(command, stdout=log.open("ab"), stderr=subprocess.STDOUT)
        _await(self.journal, "the fake mail provider")

    def journal(self) -> list[dict[str, Any]]:
        """Every mail it was given, in order, with what became of it."""
        return _http("GET", self.endpoint + "/journal", None)

    def mail(self, mail_id: str) -> bytes | None:
        """A mail as its receiver has it; none where it was not taken yet."""
        try:
            with urllib.request.urlopen(f"{self.endpoint}/mails/{mail_id}", timeout=30) as answer:
                return answer.read()
        except urllib.error.HTTPError:
            return None

    def stop(self) -> None:
        """Ends it."""
        self._process.terminate()
        self._process.wait(timeout=30)


class Feed(threading.Thread):
    """What the mail provider tells of the mails it took: late, some of it twice, and of some addresses that they bounce."""

    def __init__(self, tables: Tables, provider: Provider, bouncing: dict[str, str], seed: int) -> None:
        super().__init__(daemon=True)
        self._tables, self._provider, self._bouncing = tables, provider, bouncing
        self._random = random.Random(f"{seed}:feed")
        self._over = threading.Event()

    def run(self) -> None:
        """Until the end, and then what is left."""
        told, is_over = 0, False
        while not is_over:
            is_over = self._over.wait(1)
            journal = self._provider.journal()
            news = [entry for entry in journal[told:] if entry["outcome"].startswith("accept")]
            told = len(journal)
            self._random.shuffle(news)
            for entry in news:
                for _ in range(2 if self._random.random() < 0.2 else 1):
                    self._tables.tell(entry["mail_id"], self._bouncing.get(entry["to_hash"]))

    def stop(self) -> None:
        """Of what is taken afterwards nothing is told."""
        self._over.set()
        self.join()


def name(rule: dict[str, Any]) -> str:
    """What the report calls a rule."""
    kind = "answer lost" if rule.get("response") else "connection reset" if rule.get("reset") else "throttled"
    return f"{rule['service']} {rule['operation']} {kind}"


def _http(method: str, url: str, body: Any) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def _await(answers: Any, what: str) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            answers()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise LocalError(f"{what} did not start") from None
            time.sleep(0.1)
