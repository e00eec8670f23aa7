"""Everything that a local cloud holds: past the functions, so that it is seen as it lies there.

Left out: the mails that were sent (they are in other people's mailboxes by then), the programs of the functions, and what
nobody can read by a call, which is the parts of an upload that was not completed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError
from clients import client
from settings import CODE_BUCKET, Instance

# A kind of place, the place, and what lies there.
Thing = tuple[str, str, bytes]
# While messages are looked at, nobody else gets them; afterwards they are shown again at once.
LOOK_SECONDS = 120
PROGRAM = b"\x7fELF"


def held(instance: Instance) -> Iterator[Thing]:
    """All of it."""
    yield from _tables(instance)
    yield from _streams(instance)
    yield from _queues(instance)
    yield from _buckets(instance)
    yield from _logs(instance)
    yield from _files(instance)


def _leaves(value: Any) -> Iterator[bytes]:
    """Every text and every blob in an answer, names of fields included."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield str(name).encode()
            yield from _leaves(inside)
    elif isinstance(value, (list, tuple, set)):
        for inside in value:
            yield from _leaves(inside)
    elif isinstance(value, bytes):
        yield value
    elif value is not None:
        yield str(value).encode()


def _tables(instance: Instance) -> Iterator[Thing]:
    dynamodb = client(instance, "dynamodb")
    for page in dynamodb.get_paginator("list_tables").paginate():
        for table in page["TableNames"]:
            indexes = dynamodb.describe_table(TableName=table)["Table"].get("GlobalSecondaryIndexes", [])
            for index in [None, *(index["IndexName"] for index in indexes)]:
                of_index = {"IndexName": index} if index else {}
                kind, name = ("index", f"{table}/{index}") if index else ("table", table)
                for items in dynamodb.get_paginator("scan").paginate(TableName=table, **of_index):
                    for item in items["Items"]:
                        place = f"{name} {item['pk']['S']} {item['sk']['S']}"
                        for leaf in _leaves(item):
                            yield kind, place, leaf


def _streams(instance: Instance) -> Iterator[Thing]:
    streams = client(instance, "dynamodbstreams")
    for stream in streams.list_streams()["Streams"]:
        arn = stream["StreamArn"]
        for shard in streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]:
            iterator = streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while iterator:
                answer = streams.get_records(ShardIterator=iterator, Limit=1000)
                # A shard that is open has no end: what comes later is looked at the next time.
                iterator = answer.get("NextShardIterator") if answer["Records"] else None
                for record in answer["Records"]:
                    keys = record["dynamodb"].get("Keys", {})
                    place = f"{stream['TableName']} {' '.join(value['S'] for value in keys.values())}"
                    for leaf in _leaves(record):
                        yield "stream", place, leaf


def _queues(instance: Instance) -> Iterator[Thing]:
    sqs = client(instance, "sqs")
    queues = sqs.list_queues().get("QueueUrls", [])
    dead = {url for url in queues if "dead" in url or "fail" in url}
    for url in queues:
        seen: dict[str, Any] = {}
        while True:
            got = sqs.receive_message(
                QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=LOOK_SECONDS, WaitTimeSeconds=0,
                MessageAttributeNames=["All"], AttributeNames=["All"],
            ).get("Messages", [])
            if not got:
                break
            seen |= {message["MessageId"]: message for message in got}
        kind, name = "dead letters" if url in dead else "queue", url.rsplit("/", 1)[-1]
        yield kind, name, name.encode()
        for message in seen.values():
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
            for leaf in _leaves(message):
                yield kind, name, leaf


def _buckets(instance: Instance) -> Iterator[Thing]:
    s3 = client(instance, "s3")
    for bucket in (bucket["Name"] for bucket in s3.list_buckets()["Buckets"]):
        if bucket == CODE_BUCKET:
            continue
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for version in page.get("Versions", []):
                kind = "object" if version["IsLatest"] else "former version"
                place = f"{bucket} {version['Key']} {version.get('VersionId')}"
                of_version = {"VersionId": version["VersionId"]} if version.get("VersionId") not in (None, "null") else {}
                answer = s3.get_object(Bucket=bucket, Key=version["Key"], **of_version)
                for leaf in _leaves([version["Key"], answer["Metadata"], answer["ResponseMetadata"]["HTTPHeaders"]]):
                    yield kind, place, leaf
                yield kind, place, answer["Body"].read()
            for marker in page.get("DeleteMarkers", []):
                yield "delete marker", f"{bucket} {marker['Key']}", marker["Key"].encode()
        for upload in s3.list_multipart_uploads(Bucket=bucket).get("Uploads", []):
            yield "upload", f"{bucket} {upload['Key']}", upload["Key"].encode()


def _logs(instance: Instance) -> Iterator[Thing]:
    logs = client(instance, "logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in (group["logGroupName"] for group in page["logGroups"]):
            yield "log", group, group.encode()
            for streams in logs.get_paginator("describe_log_streams").paginate(logGroupName=group):
                for stream in (stream["logStreamName"] for stream in streams["logStreams"]):
                    yield from _log_stream(logs, group, stream)


def _log_stream(logs: Any, group: str, stream: str) -> Iterator[Thing]:
    token: dict[str, str] = {}
    while True:
        try:
            answer = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, **token)
        except ClientError:
            return
        for event in answer["events"]:
            yield "log", group, event["message"].encode()
        following = {"nextToken": answer["nextForwardToken"]}
        # The last page leads to itself.
        if not answer["events"] or following == token:
            return
        token = following


def _files(instance: Instance) -> Iterator[Thing]:
    for file in sorted(instance.home.rglob("*")):
        if file.is_file() and not file.is_symlink() and instance.mails not in file.absolute().parents:
            yield from _file(file)


def _file(file: Path) -> Iterator[Thing]:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return
    yield "file", str(file), file.name.encode()
    if not data.startswith(PROGRAM):
        yield "file", str(file), data
