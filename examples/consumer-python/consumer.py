"""A consumer of the topic `events`, as a partner would write one: a Lambda behind an SQS queue of its own.

It handles a message once however often it comes, passes over types that it does not know, refuses versions that it
does not know, and gives back only the messages that failed. `follow` is the place for what it is there for.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from typing import Any

VERSION = 1
KEPT = 10_000

log = logging.getLogger("consumer")
log.setLevel(logging.INFO)

# The ids that were handled. In memory, which shows where they belong and no more: another instance of the function
# knows none of them. Whoever must not do a thing twice keeps them in a table, written on the condition that they are
# not there yet, in the same transaction as the thing itself, for as long as messages may come again: 14 days, longer
# where dead letters are replayed.
seen: OrderedDict[str, None] = OrderedDict()


class RefusedError(Exception):
    """The message cannot be handled: it comes again, and is put aside in the end."""


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Works a batch off. The answer names the messages that SQS shall deliver again; after the fifth time it puts one
    aside. It counts only where the event source mapping asks for `ReportBatchItemFailures`."""
    failures = []
    for record in event["Records"]:
        try:
            one(record["body"])
        except Exception as error:  # One message that fails must not bring the others back.
            # What went wrong, and not the body: a message that is not ours may hold anything.
            reason = str(error) if isinstance(error, RefusedError) else type(error).__name__
            log.warning("message %s refused: %s", record["messageId"], reason)
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def one(body: str) -> None:
    """Handles one message, once."""
    message = json.loads(body)
    if message["version"] != VERSION:
        raise RefusedError(f"version {message['version']!r} is not known")
    follower = FOLLOWERS.get(message["type"])
    if follower is None:
        log.info("event %s is of an unknown type, %s", message["id"], message["type"])
        return
    if message["id"] in seen:
        log.info("event %s was seen before", message["id"])
        return
    follower(message)
    # Afterwards, so that what failed is done when it comes again.
    seen[message["id"]] = None
    if len(seen) > KEPT:
        seen.popitem(last=False)


def show_offer(message: dict[str, Any]) -> None:
    """Your code goes here."""
    log.info("event %s: offer %s to show", message["id"], message["data"]["offer_id"])


def hide_offer(message: dict[str, Any]) -> None:
    """Your code goes here."""
    log.info("event %s: offer %s to hide", message["id"], message["data"]["offer_id"])


# The types that this consumer knows, each with what it does.
FOLLOWERS = {"offer.published": show_offer, "offer.closed": hide_offer}
