"""Batches as SQS hands them over, with the messages of `events/messages/`."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

import consumer

MESSAGES = Path(__file__).resolve().parents[2] / "events" / "messages"


def message(kind: str, **changes: Any) -> str:
    """A message of the catalogue, with other values."""
    return json.dumps(json.loads((MESSAGES / f"{kind}.json").read_text()) | changes)


def failed(*bodies: str) -> list[str]:
    """The numbers, from 0, of the messages that shall come again."""
    records = [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]
    answer = consumer.handle({"Records": records}, None)
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


class Batches(unittest.TestCase):
    def setUp(self) -> None:
        consumer.seen.clear()
        consumer.log.disabled = True

    def test_of_three_messages_only_the_one_that_failed_is_given_back(self) -> None:
        self.assertEqual(failed(message("offer.published"), "{", message("mail.bounced")), ["1"])

    def test_a_message_that_comes_again_is_handled_once(self) -> None:
        self.assertEqual(failed(message("offer.published"), message("offer.published")), [])
        self.assertEqual(failed(message("offer.published")), [])
        self.assertEqual(len(consumer.seen), 1)

    def test_a_message_that_failed_is_handled_when_it_comes_again(self) -> None:
        self.assertEqual(failed(message("offer.closed", data={})), ["0"])
        self.assertEqual(len(consumer.seen), 0)
        self.assertEqual(failed(message("offer.closed")), [])
        self.assertEqual(len(consumer.seen), 1)

    def test_an_unknown_type_is_passed_over_and_an_unknown_version_is_refused(self) -> None:
        painted, second = message("offer.closed", type="offer.painted"), message("offer.closed", version=2)
        self.assertEqual(failed(painted, second), ["1"])

    def test_an_unknown_field_is_ignored(self) -> None:
        self.assertEqual(failed(message("offer.closed", more=1)), [])

    def test_every_message_of_the_catalogue_is_handled(self) -> None:
        files = sorted(MESSAGES.glob("*.json"))
        self.assertGreater(len(files), 0)
        self.assertEqual(failed(*(file.read_text() for file in files)), [])
