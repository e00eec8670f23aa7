"""AWS clients bound to one local instance, so that no call can leave the machine."""

from typing import Any

import boto3
from botocore.config import Config

from settings import REGION, Instance

_CONFIG = Config(
    retries={"total_max_attempts": 3},
    connect_timeout=5,
    read_timeout=120,
    s3={"addressing_style": "path"},
)


def client(instance: Instance, service: str) -> Any:
    """A boto3 client of `service` that talks to `instance` with test credentials."""
    return boto3.client(
        service,
        endpoint_url=instance.endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=_CONFIG,
    )
