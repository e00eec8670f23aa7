"""The demo keys and the `env` file that puts a local cloud's addresses in a shell.

    . .local/env
"""

import os
import secrets
import shlex
from pathlib import Path

from settings import KEYS, Instance

DEMO_PARTNERS = ("demo-1", "demo-2", "demo-3")


def key_file(partner: str) -> Path:
    """Where a demo partner's key lies: one file, the key alone, for its owner only."""
    return KEYS / partner


def demo_keys() -> list[str]:
    """The demo partners' keys, made at random the first time and kept in .local/keys."""
    KEYS.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = []
    for partner in DEMO_PARTNERS:
        file = key_file(partner)
        if not file.exists():
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_hex(20))
        keys.append(file.read_text().strip())
    return keys


def api_url(instance: Instance, api_id: str) -> str:
    """The base URL of the routes: the local cloud's form of the stage's own URL."""
    return f"{instance.endpoint}/restapis/{api_id}/api/_user_request_"


def variables(instance: Instance, outputs: dict[str, str], keys: list[str]) -> dict[str, str]:
    """Everything a shell, a test or the seed needs to know about a deployed local cloud."""
    return {
        "API_URL": api_url(instance, outputs["ApiId"]),
        "API_KEY": keys[0],
        "API_KEY_2": keys[1],
        "API_KEY_3": keys[2],
        **instance.aws_env(),
        "POSTINGS_TABLE": outputs["PostingsTable"],
        "RECORDS_TABLE": outputs["RecordsTable"],
        "LEDGER_TABLE": outputs["LedgerTable"],
        "DATA_BUCKET": outputs["DataBucket"],
        "CONTACT_SECRET_ARN": outputs["ContactSecretArn"],
        "FAILED_EVENTS_URL": outputs["FailedEventsUrl"],
        "LINK_SECRET_ARN": outputs["LinkSecretArn"],
        "MAIL_WEBHOOK_SECRET_ARN": outputs["MailWebhookSecretArn"],
        "MAIL_QUEUE_URL": outputs["MailQueueUrl"],
        "MAIL_DEAD_QUEUE_URL": outputs["MailDeadQueueUrl"],
        "SCAN_QUEUE_URL": outputs["ScanQueueUrl"],
        "SCAN_DEAD_QUEUE_URL": outputs["ScanDeadQueueUrl"],
        "WEBHOOK_QUEUE_URL": outputs["WebhookQueueUrl"],
        "WEBHOOK_DEAD_QUEUE_URL": outputs["WebhookDeadQueueUrl"],
        "WEBHOOK_EVENTS_QUEUE_URL": outputs["WebhookEventsQueueUrl"],
        "WEBHOOK_EVENTS_DEAD_QUEUE_URL": outputs["WebhookEventsDeadQueueUrl"],
        "CV_BUCKET": outputs["CvBucket"],
        "PERSON_SECRET_ARN": outputs["PersonSecretArn"],
        "MAIL_EVENTS_QUEUE_URL": outputs["MailEventsQueueUrl"],
        "MAIL_EVENTS_DEAD_QUEUE_URL": outputs["MailEventsDeadQueueUrl"],
        "RELAY_FAILURES_URL": outputs["RelayFailuresUrl"],
        "EVENTS_TOPIC_ARN": outputs["EventsTopicArn"],
        "SES_EVENTS_TOPIC_ARN": outputs["SesEventsTopicArn"],
        "DEMO_CONSUMER_QUEUE_URL": outputs["ConsumerQueueUrl"],
        "DEMO_CONSUMER_DEAD_QUEUE_URL": outputs["ConsumerDeadQueueUrl"],
        "MAIL_FOLDER": str(instance.mails),
    }


def write(instance: Instance, values: dict[str, str]) -> None:
    """Writes the `env` file, readable by its owner only since it holds the demo keys."""
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in values.items()]
    instance.env_file.unlink(missing_ok=True)
    with os.fdopen(os.open(instance.env_file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as out:
        out.writelines(lines)


def read(instance: Instance) -> dict[str, str]:
    """The values of the `env` file; empty when the instance was never deployed."""
    if not instance.env_file.exists():
        return {}
    values = {}
    for line in instance.env_file.read_text().splitlines():
        name, _, quoted = line.removeprefix("export ").partition("=")
        values[name] = shlex.split(quoted)[0] if quoted else ""
    return values
