"""The campaign's own look at tables, queues and topics: past the proxy, so that it sees what is there."""

import json
from collections import Counter
from typing import Any

from boto3.dynamodb.types import TypeDeserializer
from clients import client
from settings import Instance

Item = dict[str, Any]


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

    def followed(self) -> Counter[str]:
        """How often the demonstration's consumer was told of each offer."""
        told: Counter[str] = Counter()
        while True:
            answer = self._sqs.receive_message(
                QueueUrl=self._values["DEMO_CONSUMER_QUEUE_URL"], MaxNumberOfMessages=10, WaitTimeSeconds=1
            )
            if not answer.get("Messages"):
                return told
            for message in answer["Messages"]:
                event = json.loads(message["Body"])
                if event["type"] == "offer.published":
                    told[event["data"]["offer_id"]] += 1
                self._sqs.delete_message(
                    QueueUrl=self._values["DEMO_CONSUMER_QUEUE_URL"], ReceiptHandle=message["ReceiptHandle"]
                )

    def tell(self, mail_id: str, bounced: str | None) -> None:
        """What SES says when it takes a mail, or when the address that is given refuses it."""
        event: Item = {"eventType": "Send", "mail": {"messageId": f"fake-{mail_id}", "tags": {"mail-id": [mail_id]}}}
        if bounced is not None:
            event["eventType"] = "Bounce"
            event["bounce"] = {"bounceType": "Permanent", "bouncedRecipients": [{"emailAddress": bounced}]}
        self._sns.publish(TopicArn=self._values["SES_EVENTS_TOPIC_ARN"], Message=json.dumps(event))
