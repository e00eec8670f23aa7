"""Canaries that are planted in each kind of place, in each form and packing, to see that the search finds them there."""

import gzip
import secrets
import time
import zlib
from collections.abc import Iterator
from itertools import cycle

import zstandard
from botocore.exceptions import ClientError
from clients import client
from forms import ENCODERS, Canary
from settings import Instance

PACKERS = (lambda data: data, gzip.compress, zlib.compress, zstandard.compress)
# Owed in a time that nobody lives to see: the sweeper never meets it.
NEVER = "4102444800"
GROUP = "/planted/canaries"


class Planted:
    """What was planted, and where it must be found."""

    def __init__(self, instance: Instance, values: dict[str, str]) -> None:
        self._instance, self._values = instance, values
        self.canaries: list[Canary] = []
        # Kind of place, and the name of the canary.
        self.expected: set[tuple[str, str]] = set()
        self._forms = cycle(ENCODERS.items())
        self._packers = cycle(PACKERS)

    def everywhere(self) -> None:
        """In every kind of place."""
        self._tables()
        self._queues()
        self._buckets()
        self._logs()
        (self._instance.home / "planted.bin").write_bytes(self._blob("file"))

    def _text(self, *kinds: str) -> str:
        """A text in its own form, for places that take texts only."""
        canary = self._new(kinds)
        return f"avant {canary.text} après"

    def _blob(self, *kinds: str) -> bytes:
        """The same in the next form and packing."""
        (name, encode), pack = next(self._forms), next(self._packers)
        canary = self._new(kinds, name)
        return b"\x02" + pack(encode(f"avant {canary.text} après"))

    def _new(self, kinds: tuple[str, ...], form: str = "raw") -> Canary:
        number = len(self.canaries)
        canary = Canary(f"planted {number}, {form}", f"Canari planté n° {number} {secrets.token_hex(6)}")
        self.canaries.append(canary)
        self.expected |= {(kind, canary.name) for kind in kinds}
        return canary

    def _tables(self) -> None:
        dynamodb = client(self._instance, "dynamodb")
        for table in ("POSTINGS_TABLE", "RECORDS_TABLE", "LEDGER_TABLE"):
            # As many as there are forms and packings, so that each is tried in a table.
            for number in range(len(ENCODERS) * len(PACKERS) if table == "RECORDS_TABLE" else 4):
                item = {
                    "pk": {"S": f"planted#{number}"},
                    "sk": {"S": "planted"},
                    "deep": {"M": {"list": {"L": [{"B": self._blob("table")}, {"S": self._text("table")}]}}},
                }
                dynamodb.put_item(TableName=self._values[table], Item=item)
        owed = {"due_shard": {"S": "0"}, "due_at": {"N": NEVER}}
        key = {"pk": {"S": self._text("table", "index", "stream")}, "sk": {"S": "planted"}}
        dynamodb.put_item(TableName=self._values["LEDGER_TABLE"], Item=key | owed)

    def _queues(self) -> None:
        sqs = client(self._instance, "sqs")
        # Of those that somebody reads, nobody could say what is found where.
        for queue, kind in [("DEMO_CONSUMER_QUEUE_URL", "queue"), *((dead, "dead letters") for dead in self._dead())]:
            attribute = {"DataType": "Binary", "BinaryValue": self._blob(kind)}
            sqs.send_message(
                QueueUrl=self._values[queue], MessageBody=self._text(kind), MessageAttributes={"planted": attribute}
            )

    def _dead(self) -> Iterator[str]:
        yield from (name for name in self._values if "DEAD_QUEUE_URL" in name)
        yield from ("FAILED_EVENTS_URL", "RELAY_FAILURES_URL")

    def _buckets(self) -> None:
        s3 = client(self._instance, "s3")
        for bucket in (self._values["DATA_BUCKET"], self._values["CV_BUCKET"]):
            s3.put_object(Bucket=bucket, Key="planted/one", Body=self._blob("object"), Metadata={"one": "1"})
            s3.put_object(Bucket=bucket, Key=f"planted/{self._text('object')}", Body=b"nothing")
            s3.create_multipart_upload(Bucket=bucket, Key=f"planted/{self._text('upload')}")
        # Only this one keeps versions.
        bucket = self._values["DATA_BUCKET"]
        if s3.get_bucket_versioning(Bucket=bucket).get("Status") == "Enabled":
            s3.put_object(Bucket=bucket, Key="planted/two", Body=self._blob("former version"))
            s3.put_object(Bucket=bucket, Key="planted/two", Body=b"nothing")
            key = f"planted/{self._text('delete marker')}"
            s3.put_object(Bucket=bucket, Key=key, Body=self._blob("former version"))
            s3.delete_object(Bucket=bucket, Key=key)

    def _logs(self) -> None:
        logs = client(self._instance, "logs")
        try:
            logs.create_log_group(logGroupName=GROUP)
            logs.create_log_stream(logGroupName=GROUP, logStreamName="one")
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceAlreadyExistsException":
                raise
        event = {"timestamp": int(time.time() * 1000), "message": self._text("log")}
        logs.put_log_events(logGroupName=GROUP, logStreamName="one", logEvents=[event])
