"""Shows what the functions logged: the local cloud keeps their lines in CloudWatch Logs, not in its own log."""

from botocore.exceptions import ClientError

from clients import client
from settings import STACK, Instance

# Lines of the platform around each call; they say nothing about what happened.
PLATFORM = ("START RequestId", "END RequestId", "REPORT RequestId")


def show(instance: Instance, names: list[str], count: int) -> None:
    """Prints the last `count` log lines of each function in `names`, oldest first."""
    service = client(instance, "logs")
    for name in names:
        group = f"/aws/lambda/{STACK}-{name}"
        lines = []
        try:
            streams = service.describe_log_streams(logGroupName=group, orderBy="LastEventTime", descending=True)
            for stream in streams["logStreams"][:20]:
                events = service.get_log_events(
                    logGroupName=group, logStreamName=stream["logStreamName"], limit=count, startFromHead=False
                )
                lines += [
                    (event["timestamp"], event["message"].rstrip())
                    for event in events["events"]
                    if not event["message"].startswith(PLATFORM)
                ]
        except ClientError as error:
            lines.append((0, f"no log: {error.response['Error']['Code']}"))
        for _, line in sorted(lines, key=lambda line: line[0])[-count:]:
            print(f"{name}: {line}")
