"""The campaign's own look at tables, queues and topics: past the proxy, so that it sees what is there."""

import hashlib
import json
from collections import Counter, defaultdict
from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from clients import client
from settings import Instance

Item = dict[str, Any]
# What a consumer was told: how often under which id, by the type of an event and what it is about.
Told = dict[tuple[str, str], Counter[str]]


def mail_id(template: str, cause: str) -> str:
    """The id of the mail of a template that a cause makes due."""
    return hashlib.sha256(f"{template}#{cause}".encode()).hexdigest()[:32]


def told_of(events: list[Item]) -> Told:
    """Those about offers, applications and appointments."""
    told: Told = defaultdict(Counter)
    for event in events:
        about = _about(event["data"])
        if about is not None:
            told[event["type"], about][event["id"]] += 1
    return told


def is_left_unknown(mail: Item | None) -> bool:
    """Whether it may have left, and is not sent again."""
    return mail is not None and mail["state"] == "unknown" and "due_at" not in mail


def is_waiting(call: Item) -> bool:
    """Whether a call of a webhook failed so often that its calendar has it wait for minutes, or hours."""
    return call["state"] == "pending" and int(call.get("failures", 0)) >= 2


def _about(data: Item) -> str | None:
    """A centre that has only noted something may answer later: two events, each of its own intention."""
    if "appointment_id" in data:
        return " ".join([data["appointment_id"], *([data["intention"]] if "intention" in data else [])])
    return data.get("application_id") or data.get("offer_id")


class Tables:
    """Reads everything, which no function may."""

    def __init__(self, instance: Instance, values: dict[str, str]) -> None:
        self._values = values
        self._dynamodb = client(instance, "dynamodb")
        self._sqs = client(instance, "sqs")
        self._sns = client(instance, "sns")
        self._read = TypeDeserializer().deserialize

    def scan(self, table: str) -> list[Item]:
        """Every item of a table."""
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=self._values[table], ConsistentRead=True)
        return [
            {name: self._read(value) for name, value in item.items()} for page in pages for item in page["Items"]
        ]

    def followed(self) -> list[Item]:
        """Every event that the demonstration's consumer was told of, as often as it was."""
        events = []
        while True:
            answer = self._sqs.receive_message(
                QueueUrl=self._values["DEMO_CONSUMER_QUEUE_URL"], MaxNumberOfMessages=10, WaitTimeSeconds=1
            )
            if not answer.get("Messages"):
                return events
            for message in answer["Messages"]:
                events.append(json.loads(message["Body"]))
                self._sqs.delete_message(
                    QueueUrl=self._values["DEMO_CONSUMER_QUEUE_URL"], ReceiptHandle=message["ReceiptHandle"]
                )

    def queued(self, queue: str) -> int:
        """Messages of a queue: those to be had, those that somebody has, those that wait."""
        counted = ("", "NotVisible", "Delayed")
        names = [f"ApproximateNumberOfMessages{kind}" for kind in counted]
        found = self._sqs.get_queue_attributes(QueueUrl=self._values[queue], AttributeNames=names)["Attributes"]
        return sum(int(found[name]) for name in names)

    def tell(self, mail_id: str, bounced: str | None) -> None:
        """What SES says when it takes a mail, or when the address that is given refuses it."""
        event: Item = {"eventType": "Send", "mail": {"messageId": f"fake-{mail_id}", "tags": {"mail-id": [mail_id]}}}
        if bounced is not None:
            event["eventType"] = "Bounce"
            event["bounce"] = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": bounced}]}
        self._sns.publish(TopicArn=self._values["SES_EVENTS_TOPIC_ARN"], Message=json.dumps(event))
