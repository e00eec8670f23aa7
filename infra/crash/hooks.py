"""Where webhooks of partners lead: a receiver that answers, refuses, holds or drops calls, and writes them all down."""

import base64
import hashlib
import hmac
import json
import random
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from partners import Partner

# What becomes of a call, in percent; the others are taken, with a 2xx. More would be tried after half an hour only.
SHARES = {"failed": 6, "held": 2, "dropped unread": 3, "dropped": 4}
TAKEN = "taken"
STATUSES = (200, 202, 204)
# Longer than whoever calls waits: a call that is held ends when they hang up.
HELD_SECONDS = 60
# How old a call may be when it arrives, in seconds, as the receiver of docs/tour.md has it.
TOLERANCE_SECONDS = 300


@dataclass
class Call:
    """One attempt, as it arrived."""

    id: str
    timestamp: str
    signature: str
    arrived_at: float
    # What became of it: a key of `SHARES`, `TAKEN`, or that whoever called died in the middle of it.
    outcome: str
    # None where it was not read.
    body: bytes | None = None


@dataclass
class Hook:
    """A webhook, and what arrived there."""

    partner: str
    # Types of events; none for all.
    kinds: tuple[str, ...]
    id: str
    secret: bytes
    calls: list[Call] = field(default_factory=list)

    def wants(self, event: dict[str, str]) -> bool:
        """Whether it is to be told of an event."""
        return event.get("partner") == self.partner and (not self.kinds or event["type"] in self.kinds)

    def has_signed(self, call: Call) -> bool:
        """Whether a call that was read is ours, by the secret that the creation told (Standard Webhooks 1.0.0)."""
        signed = f"{call.id}.{call.timestamp}.".encode() + (call.body or b"")
        wanted = "v1," + base64.b64encode(hmac.new(self.secret, signed, hashlib.sha256).digest()).decode()
        is_good = any(hmac.compare_digest(wanted, one) for one in call.signature.split())
        return is_good and abs(call.arrived_at - int(call.timestamp)) < TOLERANCE_SECONDS


class Receiver(ThreadingHTTPServer):
    """What becomes of the nth call of a message depends on the seed, the message and n alone."""

    daemon_threads = True
    # Calls are made by the hundred, and one that is not accepted in time would be a failure that nobody drew.
    request_queue_size = 256

    def __init__(self, seed: int) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.hooks: dict[str, Hook] = {}
        # Calls that lead nowhere.
        self.astray = 0
        self._seed = seed
        self._breaks = True
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def create(self, partner: Partner, name: str, kinds: tuple[str, ...] = ()) -> None:
        """Has a partner of this name be told of events of these types here."""
        path = f"/{len(self.hooks)}"
        body = {"url": f"http://127.0.0.1:{self.server_port}{path}"} | ({"events": list(kinds)} if kinds else {})
        status, answer = partner.post("/v1/webhooks", body, None)
        if status != 201:
            raise RuntimeError(f"no webhook of {name}: {status} {answer[:200]}")
        made = json.loads(answer)
        secret = base64.b64decode(made["secret"].removeprefix("whsec_"))
        self.hooks[path] = Hook(name, kinds, made["id"], secret)

    def mend(self) -> None:
        """Every call is taken from now on."""
        self._breaks = False

    def arrived(self, path: str, headers: dict[str, str]) -> Call | None:
        """Writes a call down and says what becomes of it; none where it leads nowhere."""
        with self._lock:
            hook = self.hooks.get(path)
            if hook is None:
                self.astray += 1
                return None
            id, timestamp, signature = (headers[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
            nth = sum(call.id == id for call in hook.calls)
            call = Call(id, timestamp, signature, time.time(), self._draw(f"{hook.partner}{path}:{id}:{nth}"))
            hook.calls.append(call)
            return call

    def stop(self) -> None:
        """No call is accepted any more."""
        self.shutdown()
        self.server_close()

    def _draw(self, call: str) -> str:
        outcomes, percents = list(SHARES), list(SHARES.values())
        drawn = random.Random(f"{self._seed}:{call}").choices([*outcomes, TAKEN], [*percents, 100 - sum(percents)])
        return drawn[0] if self._breaks else TAKEN


class _Answer(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        call = self.server.arrived(self.path, {name.lower(): value for name, value in self.headers.items()})
        if call is None:
            self._say(404)
            return
        if call.outcome == "dropped unread":
            return
        length = int(self.headers["content-length"])
        body = self.rfile.read(length)
        if len(body) < length:
            call.outcome = "cut off"
            return
        call.body = body
        if call.outcome == "held":
            self.connection.settimeout(HELD_SECONDS)
            self.rfile.read(1)
        elif call.outcome in ("failed", TAKEN):
            self._say(500 if call.outcome == "failed" else random.Random(call.id).choice(STATUSES))

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            # Whoever called was killed, or has hung up.
            pass

    def log_message(self, *_: object) -> None:
        pass

    def _say(self, status: int) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("content-length", "0")
        self.end_headers()
