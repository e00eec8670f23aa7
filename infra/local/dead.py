"""Lists dead letters by cause, and sends them back: of mails, of scans, of webhooks, of word of the mail provider, of a consumer.

Without --stack it is the local cloud's; with it, that stack of the account whose credentials are set. What a mail
stands for is told by the ledger, never by its message: a mail that was sent is not sent again.
"""

import argparse
import json
import os
import re
import sys
from collections import Counter
from typing import Any

import boto3
from botocore.exceptions import ClientError

import environment
from settings import REGION, STACK, LocalError, consumer_stack, own_instance

# A mail in one of these states has been dealt with: its message has nothing left to do.
SETTLED = ("sent", "failed", "suppressed")
# The outputs of the main stack that lead to a queue and its dead letters; a consumer has a stack of its own.
OUTPUTS = {
    "mail": ("MailQueueUrl", "MailDeadQueueUrl"),
    "scan": ("ScanQueueUrl", "ScanDeadQueueUrl"),
    "webhook": ("WebhookQueueUrl", "WebhookDeadQueueUrl"),
    "webhook-events": ("WebhookEventsQueueUrl", "WebhookEventsDeadQueueUrl"),
    "mail-events": ("MailEventsQueueUrl", "MailEventsDeadQueueUrl"),
}
# While they are looked at, nobody else gets them; afterwards those that stay are shown again at once.
LOOK_SECONDS = 120
MOST = 10_000
Message = dict[str, Any]
Entry = dict[str, str]


def identify(queue: str, message: Message) -> str:
    """The id that people know: of the mail, of the event; else the queue's own, which is that of this message only."""
    body = _json(message["Body"])
    known = body.get({"mail": "mail_id", "scan": "application_id", "webhook": "delivery_id"}.get(queue, "id"))
    return known if isinstance(known, str) and known else message["MessageId"]


def cause(queue: str, message: Message, entry: Entry | None) -> str:
    """What letters are counted by. Never what they say."""
    if queue == "mail":
        if entry is None:
            return "the ledger has no such mail"
        reason = f", {entry['reason']}" if entry.get("reason") else ""
        return f"{entry['state']}{reason}, {entry.get('attempts', '0')} attempts"
    body = _json(message["Body"])
    kind = body.get("type") or body.get("eventType") or body.get("notificationType")
    return kind if isinstance(kind, str) else "unreadable"


def refusal(queue: str, entry: Entry | None) -> str | None:
    """Why a letter is not sent back; None where it is."""
    if queue != "mail":
        return None
    if entry is None:
        return "the ledger has no such mail"
    return f"the ledger says {entry['state']}" if entry["state"] in SETTLED else None


def _json(body: str) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _outputs(cloudformation: Any, stack: str) -> dict[str, str] | None:
    """None where there is no such stack."""
    try:
        described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        # What CloudFormation calls a stack that it does not have.
        if error.response["Error"]["Code"] == "ValidationError":
            return None
        raise
    return {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}


class Letters:
    """The dead letters of one queue of one stack."""

    def __init__(self, session: Any, stack: str, queue: str) -> None:
        self.queue = queue
        # Without it, botocore would call the host that a queue's URL names.
        endpoint = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"]} if "AWS_ENDPOINT_URL" in os.environ else {}
        self.sqs = session.client("sqs", **endpoint)
        self.dynamodb = session.client("dynamodb")
        cloudformation = session.client("cloudformation")
        outputs = _outputs(cloudformation, stack)
        if outputs is None:
            raise LocalError(f"no stack {stack!r}")
        self.ledger = outputs["LedgerTable"]
        if queue in OUTPUTS:
            self.source, self.dead = (outputs[name] for name in OUTPUTS[queue])
            return
        consumer = _outputs(cloudformation, consumer_stack(stack, queue))
        if consumer is None:
            raise LocalError(f"no queue {queue!r}: {', '.join(OUTPUTS)} or a consumer of the stack")
        self.source, self.dead = consumer["QueueUrl"], consumer["DeadQueueUrl"]

    def read(self) -> list[Message]:
        """All of them, as far as the queue shows them."""
        letters: dict[str, Message] = {}
        empty = 0
        while empty < 2 and len(letters) < MOST:
            got = self.sqs.receive_message(
                QueueUrl=self.dead, MaxNumberOfMessages=10, VisibilityTimeout=LOOK_SECONDS,
                WaitTimeSeconds=1, MessageAttributeNames=["All"],
            ).get("Messages", [])
            empty = 0 if got else empty + 1
            letters.update((message["MessageId"], message) for message in got)
        return list(letters.values())

    def entry(self, message: Message) -> Entry | None:
        """What the ledger says of a mail; None for what is no mail, or none that it knows."""
        mail = identify(self.queue, message)
        if self.queue != "mail" or not re.fullmatch("[0-9a-f]{32}", mail):
            return None
        key = {"pk": {"S": f"mail#{mail}"}, "sk": {"S": "mail"}}
        item = self.dynamodb.get_item(TableName=self.ledger, Key=key, ConsistentRead=True).get("Item")
        return {name: str(next(iter(value.values()))) for name, value in item.items()} if item else None

    def put_back(self, message: Message) -> None:
        """Shows it again."""
        handle = message["ReceiptHandle"]
        self.sqs.change_message_visibility(QueueUrl=self.dead, ReceiptHandle=handle, VisibilityTimeout=0)

    def send_back(self, message: Message) -> None:
        """To where it came from. Sent before it is deleted: twice is harmless, never is not."""
        attributes = {
            name: {field: value[field] for field in ("DataType", "StringValue", "BinaryValue") if field in value}
            for name, value in message.get("MessageAttributes", {}).items()
        }
        self.sqs.send_message(QueueUrl=self.source, MessageBody=message["Body"], MessageAttributes=attributes)
        self.delete(message)

    def delete(self, message: Message) -> None:
        """For good."""
        self.sqs.delete_message(QueueUrl=self.dead, ReceiptHandle=message["ReceiptHandle"])


def list_them(letters: Letters) -> str:
    """Counts by cause, then one line a letter."""
    rows = []
    for message in letters.read():
        rows.append((cause(letters.queue, message, letters.entry(message)), identify(letters.queue, message)))
        letters.put_back(message)
    counts = [f"{count:6}  {why}" for why, count in Counter(why for why, _ in rows).most_common()]
    return "\n".join([*counts, "", *(f"{one}  {why}" for why, one in sorted(rows))]) if rows else "no dead letter"


def redrive(letters: Letters, wanted: str | None, drop: bool) -> str:
    """Sends back the letter of that id, or all; deletes those that are refused, if told to."""
    sent, refused, lines = 0, 0, []
    for message in letters.read():
        one = identify(letters.queue, message)
        if wanted is not None and one != wanted:
            letters.put_back(message)
            continue
        why = refusal(letters.queue, letters.entry(message))
        if why is None:
            letters.send_back(message)
            sent += 1
            continue
        refused += 1
        lines.append(f"{one}  {'deleted' if drop else 'left'}: {why}")
        if drop:
            letters.delete(message)
        else:
            letters.put_back(message)
    return "\n".join([*lines, f"{sent} sent back, {refused} refused"])


def main() -> int:
    """Reads the command line; a LocalError is shown as one line."""
    parser = argparse.ArgumentParser(prog="infra/local/dead.py", description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    listing, redriving = (commands.add_parser(name) for name in ("list", "redrive"))
    for command in (listing, redriving):
        command.add_argument("--queue", default="mail")
        command.add_argument("--stack")
    which = redriving.add_mutually_exclusive_group(required=True)
    which.add_argument("--id")
    which.add_argument("--all", action="store_true")
    redriving.add_argument("--drop", action="store_true", help="delete what is refused")
    arguments = parser.parse_args()
    try:
        if not arguments.stack:
            values = environment.read(own_instance())
            if not values:
                raise LocalError("no local cloud: start one with `make up`, or name a stack with STACK=…")
            os.environ.update((name, value) for name, value in values.items() if name.startswith("AWS_"))
        session = boto3.Session(region_name=os.environ.get("AWS_REGION", REGION))
        letters = Letters(session, arguments.stack or STACK, arguments.queue)
        print(list_them(letters) if arguments.command == "list" else redrive(letters, arguments.id, arguments.drop))
    except LocalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
