"""Puts one feed file in the feed bucket and waits for its import's report.

The report of an earlier import lies under the same key, so each load carries an id of its own.
"""

import json
import time
import uuid
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from clients import client
from settings import Instance, LocalError

FEED_SOURCES = ("companies", "offers", "formations")
REFERENCE_KEYS = {"rome_naf": "reference/rome_naf.csv"}
WAIT_SECONDS = 900


def put_reference(instance: Instance, bucket: str, source: str, file: Path) -> str:
    """Puts a reference table where imports read it; returns its key. Nothing is imported by it."""
    key = REFERENCE_KEYS[source]
    client(instance, "s3").put_object(Bucket=bucket, Key=key, Body=file.read_bytes())
    return key


def load(instance: Instance, bucket: str, source: str, feed: str, file: Path, force: bool) -> dict[str, Any]:
    """Puts `file` as `{source}/{feed}/{its name}` and returns the report of its import."""
    if source not in FEED_SOURCES:
        raise LocalError(f"SOURCE must be one of {', '.join([*FEED_SOURCES, *REFERENCE_KEYS])}, not {source!r}")
    if not file.is_file():
        raise LocalError(f"no such file: {file}")
    s3 = client(instance, "s3")
    load_id = str(uuid.uuid4())
    metadata = {"load-id": load_id, **({"force": "true"} if force else {})}
    with file.open("rb") as body:
        s3.put_object(Bucket=bucket, Key=f"{source}/{feed}/{file.name}", Body=body, Metadata=metadata)
    report_key = f"reports/{source}/{feed}/{file.name}.json"
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        report = _read(s3, bucket, report_key)
        if report is not None and report.get("load_id") == load_id:
            return report
        time.sleep(0.3)
    raise LocalError(f"no report of this load at {report_key} after {WAIT_SECONDS} s: see {instance.log_file}")


def describe(report: dict[str, Any]) -> str:
    """The report as a few lines for people."""
    lines = [f"{report['source']}/{report['feed']}/{report['file']}: {report['status']}"]
    if report.get("reason"):
        lines.append(f"  why: {report['reason']}")
    counts = ("rows_read", "kept", "unchanged", "added", "changed", "withdrawn", "refused")
    lines.append("  " + "  ".join(f"{name.replace('_', ' ')} {report.get(name, 0)}" for name in counts))
    for reason, count in sorted(report.get("refused_reasons", {}).items(), key=lambda item: -item[1]):
        lines.append(f"  refused {count} x {reason}")
    for row in report.get("first_refused", []):
        lines.append(f"  line {row['line']}: {row['reason']}")
    if report.get("rejects_key"):
        lines.append(f"  refused rows: {report['rejects_key']}")
    if report.get("started_at"):
        lines.append(f"  from {report['started_at']} to {report.get('finished_at', '?')}")
    return "\n".join(lines)


def _read(s3: Any, bucket: str, key: str) -> dict[str, Any] | None:
    try:
        return json.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return None
        raise
