"""Tests of what is decided without a cloud: `PYTHONPATH=infra/local python -m unittest test_tools`."""

import json
import os
import tempfile
import unittest
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

import dead
import mails
from settings import LocalError

MAIL = "0123456789abcdef0123456789abcdef"
EML = (
    "From: La bonne alternance <a@example.com>\nTo: b@example.com\n"
    "Subject: =?utf-8?q?Votre_offre_est_publi=C3=A9e?=\nMIME-Version: 1.0\n"
    'Content-Type: multipart/alternative; boundary="b"\n\n'
    "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "C'est fait : publi=C3=A9e\n"
    "--b\nContent-Type: text/html; charset=utf-8\n\n<p>non</p>\n--b--\n"
)


def letter(body: object, message_id: str = "m1") -> dict[str, Any]:
    """A dead letter as SQS gives it."""
    text = body if isinstance(body, str) else json.dumps(body)
    return {"MessageId": message_id, "ReceiptHandle": message_id, "Body": text}


class Pretended(dead.Letters):
    """Letters and ledger in memory."""

    def __init__(self, queue: str, letters: list[dict[str, Any]], ledger: dict[str, dead.Entry]) -> None:
        self.queue, self.letters, self.known = queue, letters, ledger
        self.done: list[tuple[str, str]] = []

    def read(self) -> list[dict[str, Any]]:
        return self.letters

    def entry(self, message: dict[str, Any]) -> dead.Entry | None:
        return self.known.get(dead.identify(self.queue, message))

    def put_back(self, message: dict[str, Any]) -> None:
        self.done.append(("left", message["MessageId"]))

    def send_back(self, message: dict[str, Any]) -> None:
        self.done.append(("sent", message["MessageId"]))

    def delete(self, message: dict[str, Any]) -> None:
        self.done.append(("deleted", message["MessageId"]))


class DeadLetters(unittest.TestCase):
    """Which go back, and what they are counted by."""

    def setUp(self) -> None:
        states = {"a": "pending", "b": "sent", "c": "failed", "d": "suppressed"}
        self.mails = [letter({"mail_id": one}, f"m-{one}") for one in (*states, "e")]
        tried = {"reason": "provider busy", "attempts": "2"}
        self.ledger = {one: {"state": state, **tried} for one, state in states.items()}

    def test_the_ledger_decides_which_mails_go_back(self) -> None:
        letters = Pretended("mail", self.mails, self.ledger)
        said = dead.redrive(letters, None, drop=False)
        self.assertEqual(letters.done, [("sent", "m-a"), *(("left", f"m-{one}") for one in "bcde")])
        self.assertIn("b  left: the ledger says sent", said)
        self.assertTrue(said.endswith("1 sent back, 4 refused"))

    def test_the_refused_are_deleted_only_when_told_to(self) -> None:
        letters = Pretended("mail", self.mails, self.ledger)
        dead.redrive(letters, None, drop=True)
        self.assertEqual([what for what, _ in letters.done], ["sent"] + ["deleted"] * 4)

    def test_one_goes_back_by_its_id_and_the_others_stay(self) -> None:
        letters = Pretended("demo", [letter({"id": "x"}, "1"), letter({"id": "y"}, "2")], {})
        dead.redrive(letters, "y", drop=True)
        self.assertEqual(letters.done, [("left", "1"), ("sent", "2")])

    def test_letters_are_counted_by_cause(self) -> None:
        said = dead.list_them(Pretended("mail", self.mails, self.ledger))
        self.assertIn("     1  pending, provider busy, 2 attempts", said)
        self.assertIn("     1  the ledger has no such mail", said)
        events = [letter({"type": "offer.published"}), letter("oops"), letter("[]")]
        said = dead.list_them(Pretended("demo", events, {}))
        self.assertTrue(said.startswith("     2  unreadable\n     1  offer.published\n"), said)
        self.assertEqual(dead.list_them(Pretended("demo", [], {})), "no dead letter")

    def test_a_letter_that_is_no_mail_has_the_id_of_its_message(self) -> None:
        for body in ("oops", "[1]", '{"mail_id":""}', '{"mail_id":7}', '{"id":"x"}'):
            self.assertEqual(dead.identify("mail", letter(body, "m9")), "m9")


class Queues(unittest.TestCase):
    """Which stack knows a queue."""

    STACKS = {
        "s": {"LedgerTable": "ledger", "MailQueueUrl": "mail", "MailDeadQueueUrl": "mail-dead"},
        "s-consumer-first": {"QueueUrl": "first", "DeadQueueUrl": "first-dead"},
    }

    def client(self, _: str, **__: str) -> Any:
        return self

    def describe_stacks(self, StackName: str) -> dict[str, Any]:
        if StackName not in self.STACKS:
            raise ClientError({"Error": {"Code": "ValidationError"}}, "DescribeStacks")
        outputs = self.STACKS[StackName].items()
        return {"Stacks": [{"Outputs": [{"OutputKey": name, "OutputValue": value} for name, value in outputs]}]}

    def test_a_consumer_has_its_own_and_the_ledger_is_that_of_the_main_one(self) -> None:
        for queue, wanted in (("mail", ("mail", "mail-dead")), ("first", ("first", "first-dead"))):
            letters = dead.Letters(self, "s", queue)
            self.assertEqual((letters.source, letters.dead, letters.ledger), (*wanted, "ledger"))

    def test_what_is_nowhere_is_told(self) -> None:
        for stack, queue in (("s", "second"), ("other", "mail")):
            with self.assertRaises(LocalError):
                dead.Letters(self, stack, queue)


class Mails(unittest.TestCase):
    """The folder of mails."""

    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name)

    def put(self, name: str, written: int, text: str = EML) -> None:
        file = self.path / name
        file.write_text(text, encoding="utf-8")
        os.utime(file, (written, written))

    def test_the_newest_is_the_first(self) -> None:
        self.put(f"{MAIL}.eml", 1_000)
        self.put(f"{MAIL}.2.eml", 2_000)
        self.put(f".{MAIL}.tmp", 3_000)
        lines = mails.listing(self.path).splitlines()
        self.assertEqual([line.split("  ")[1] for line in lines], [f"{MAIL}.2", MAIL])
        self.assertTrue(lines[0].endswith("  b@example.com  Votre offre est publiée"), lines[0])
        self.assertEqual(mails.listing(self.path / "none"), "no mail yet")

    def test_one_shows_its_headers_and_its_text(self) -> None:
        self.put(f"{MAIL}.eml", 1_000)
        said = mails.one(self.path, MAIL[:6])
        self.assertIn("Subject: Votre offre est publiée\n", said)
        self.assertTrue(said.endswith("\n\nC'est fait : publiée"), said)

    def test_an_id_must_name_one_mail(self) -> None:
        self.put(f"{MAIL}.eml", 1_000)
        self.put(f"{MAIL}.2.eml", 2_000)
        self.assertIn("Subject", mails.one(self.path, MAIL))
        for wanted in ("", "f", "0123", "../"):
            with self.assertRaises(LocalError):
                mails.one(self.path, wanted)


if __name__ == "__main__":
    unittest.main()
