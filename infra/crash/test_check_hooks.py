"""Tests of what is said of webhooks: `PYTHONPATH=infra/crash:infra/local python -m unittest test_check_hooks`."""

import base64
import hashlib
import hmac
import json
import unittest

from check_hooks import HookFigures, check
from hooks import TAKEN, Call, Hook
from tables import Item

SECRET = b"k" * 32
NOW = 1_700_000_000


def event(name: str, partner: str | None = "one", kind: str = "offer.published") -> Item:
    told = {"id": name, "type": kind, "data": {"offer_id": name}, "occurred_at": "2026-03-01T00:00:00.000Z"}
    return told if partner is None else told | {"partner": partner}


def call(
    name: str,
    after: int = 0,
    outcome: str = TAKEN,
    secret: bytes = SECRET,
    late: int = 0,
    kind: str = "offer.published",
) -> Call:
    told, at = event(name, kind=kind), str(NOW + after)
    body = json.dumps({"type": kind, "data": told["data"], "timestamp": told["occurred_at"]}).encode()
    signed = hmac.new(secret, f"{name}.{at}.".encode() + body, hashlib.sha256).digest()
    return Call(name, at, "v1," + base64.b64encode(signed).decode(), NOW + after + late, outcome, body)


def entry(name: str, state: str = "delivered", attempts: int = 1, failures: int = 0, after: int = 0) -> Item:
    return {"pk": f"webhook#w#{name}", "state": state, "attempts": attempts, "failures": failures, "at": NOW + after}


class Receiver:
    """One webhook, of the partner "one", and what it got."""

    def __init__(self, calls: list[Call], kinds: tuple[str, ...]) -> None:
        self.hooks, self.astray = {"/": Hook("one", kinds, "w", SECRET, calls)}, 0


def found(
    calls: list[Call], events: list[Item], ledger: list[Item], kinds: tuple[str, ...] = ()
) -> HookFigures:
    return check(Receiver(calls, kinds), events, ledger)


class Promises(unittest.TestCase):
    def test_what_is_told_once_or_again_after_a_failure_or_a_lapsed_lease_is_well(self) -> None:
        cases = [
            (0, [call("a")], entry("a")),
            (0, [call("a", 0, "failed"), call("a", 4)], entry("a", attempts=2, failures=1)),
            (1, [call("a"), call("a", 60)], entry("a", attempts=2)),
        ]
        for repeated, calls, settled in cases:
            figures = found(calls, [event("a")], [settled])
            told = (figures.broken(), figures.messages_acknowledged, figures.calls_after_a_2xx)
            self.assertEqual(told, ([], 1, repeated))

    def test_what_waits_by_the_calendar_is_counted_apart(self) -> None:
        calls = [call("a", 0, "failed"), call("a", 5, "dropped")]
        figures = found(calls, [event("a")], [entry("a", "pending", 2, 2, 5 + 290)])
        self.assertEqual((figures.broken(), figures.messages_waiting), ([], 1))
        figures = found(calls, [event("a")], [entry("a", "pending", 2, 2, 5 + 1_700)])
        self.assertEqual(figures.broken(), ["waits_off_the_calendar"])

    def test_each_promise_is_noticed_when_it_is_broken(self) -> None:
        one, settled = [event("a")], [entry("a")]
        twice = [entry("a", attempts=2, failures=1)]
        cases = [
            ("messages_missing", [], one, settled),
            ("messages_missing", [call("a", 0, "failed")], one, [entry("a", "failed", 8, 8)]),
            ("messages_without_cause", [call("a"), call("z")], one, settled),
            ("messages_to_others", [call("b")], [event("b", "two")], []),
            ("messages_to_others", [call("b")], [event("b", None)], []),
            ("messages_saying_otherwise", [call("a", kind="offer.closed")], one, settled),
            ("messages_saying_otherwise", [call("a", 0, "failed", kind="x"), call("a", 5)], one, twice),
            ("calls_badly_signed", [call("a", secret=b"x" * 32)], one, settled),
            ("calls_badly_signed", [call("a", late=400)], one, settled),
            ("calls_too_soon", [call("a", 0, "failed"), call("a", 2)], one, twice),
            ("calls_too_soon", [call("a"), call("a", 6)], one, [entry("a", attempts=2)]),
            ("calls_after_a_2xx_unexplained", [call("a"), call("a", 60)], one, settled),
        ]
        for promise, calls, events, ledger in cases:
            with self.subTest(promise, calls=calls):
                self.assertEqual(found(calls, events, ledger).broken(), [promise])
        self.assertEqual(found([call("a")], one, [], ("offer.closed",)).broken(), ["messages_to_others"])


if __name__ == "__main__":
    unittest.main()
