"""What is still owed once everything is mended, and the wait until nothing is."""

import time

import check
from tables import Item, Tables, is_waiting

DRAIN_SECONDS = 600
# A call of a webhook that waits longer than this for its next attempt is left to its calendar.
SOON_SECONDS = 60
POLL_SECONDS = 2


def drain(tables: Tables, mended: float) -> float | None:
    """Seconds since everything was mended until nothing is owed any more but calls that wait for minutes; none when
    that never came."""
    while time.monotonic() - mended < DRAIN_SECONDS:
        if _is_dry(tables):
            return time.monotonic() - mended
        time.sleep(POLL_SECONDS)
    return None


def _is_dry(tables: Tables) -> bool:
    """Looks down the stream, so that nothing passes unseen: what one place has handed on, a later one has."""
    if tables.queued("MAIL_EVENTS_QUEUE_URL"):
        return False
    ledger = tables.scan("LEDGER_TABLE")
    if any(_is_open(item) for item in ledger) or any(_is_event(item) for item in tables.scan("LEDGER_TABLE")):
        return False
    if tables.queued("WEBHOOK_EVENTS_QUEUE_URL"):
        return False
    return not any(_is_called_soon(item) for item in tables.scan("LEDGER_TABLE"))


def _is_open(item: Item) -> bool:
    return item["pk"].startswith("scan#") or (item["pk"].startswith("mail#") and not check.is_settled(item))


def _is_event(item: Item) -> bool:
    return item["pk"].startswith("event#")


def _is_called_soon(item: Item) -> bool:
    if not item["pk"].startswith("webhook#") or item["state"] not in ("pending", "sending"):
        return False
    return not (is_waiting(item) and int(item["at"]) > time.time() + SOON_SECONDS)
