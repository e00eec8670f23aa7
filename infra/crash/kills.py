"""Kills functions at random moments, as hardware would: SIGKILL, and only processes of the campaign's own cloud."""

import os
import random
import signal
import threading
from collections import Counter
from pathlib import Path

from settings import STACK

# Those on the way of a deposit, of an application and of an appointment, from the request to the mail and the call of a
# webhook, and back by links.
VICTIMS = (
    "create-establishment",
    "deposit-offer",
    "apply",
    "scan-cv",
    "request-appointment",
    "answer-appointment",
    "show-link",
    "follow-link",
    "relay-outbox",
    "sweep-outbox",
    "send-mail",
    "record-mail-event",
    "file-webhooks",
    "send-webhook",
)


class Killer(threading.Thread):
    """Kills one function about every `pause` seconds until it is told to stop."""

    def __init__(self, cloud_pid: int, seed: int, pause: float) -> None:
        super().__init__(daemon=True)
        self.kills: Counter[str] = Counter()
        self._cloud = cloud_pid
        self._random = random.Random(f"{seed}:kills")
        self._pause = pause
        self._over = threading.Event()

    def run(self) -> None:
        """Until the end."""
        while not self._over.wait(self._random.expovariate(1 / self._pause)):
            running = self._running()
            if running:
                name, pid = self._random.choice(running)
                try:
                    os.kill(pid, signal.SIGKILL)
                    self.kills[name] += 1
                except ProcessLookupError:
                    pass

    def slow_down(self, pause: float) -> None:
        """From now on about every `pause` seconds."""
        self._pause = pause

    def stop(self) -> None:
        """No more kills."""
        self._over.set()
        self.join()

    def _running(self) -> list[tuple[str, int]]:
        """The victims that run now, in a fixed order, so that the seed decides."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                stat = (folder / "stat").read_text()
                if int(stat.rpartition(")")[2].split()[1]) != self._cloud:
                    continue
                variables = (folder / "environ").read_bytes().split(b"\0")
            except (OSError, ValueError):
                continue
            for victim in VICTIMS:
                if f"AWS_LAMBDA_FUNCTION_NAME={STACK}-{victim}".encode() in variables:
                    found.append((victim, int(folder.name)))
        return sorted(found)
