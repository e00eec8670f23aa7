"""Puts template.yaml, and the demonstration's consumer of events, into the local cloud through CloudFormation.

A change of code alone goes to the functions directly, which is faster than a stack update and
leaves the API's id, so its URL, as it was.
"""

import base64
import hashlib
import subprocess
import time
from typing import Any

from botocore.exceptions import ClientError

import gateway
from clients import client
from package import CODE_URI, TEMPLATE, Package
from settings import (
    CODE_BUCKET,
    DEMO_CONSUMER,
    REGION,
    ROOT,
    STACK,
    Instance,
    LocalError,
    architecture,
    consumer_stack,
    scanner,
)

CONSUMER_TEMPLATE = ROOT / "infra" / "consumer" / "template.yaml"
# Name of a stack's tag that says which template and parameters made it.
INPUT_TAG = "local-input"


def deploy(instance: Instance, packages: list[Package], demo_keys: list[str]) -> dict[str, str]:
    """Creates or updates the stacks and the functions' code; returns the outputs of the main stack, and those of the
    consumer's with `Consumer` before their names."""
    digests = {package.name: _digest(package) for package in packages}
    _upload(instance, packages, digests)
    template = CODE_URI.sub(rf"\1s3://{CODE_BUCKET}/\2.zip", TEMPLATE.read_text())
    parameters = {
        "Stage": "local",
        "Architecture": architecture(),
        "AppVersion": _version(),
        # The local store reports a constant for reads, so the cost is computed from bytes.
        "StoreReportsCapacity": "false",
        "DemoKey1": demo_keys[0],
        "DemoKey2": demo_keys[1],
        "DemoKey3": demo_keys[2],
        "MailTransport": "files",
        "MailFolder": str(instance.mails),
        # Where links in mails begin; the template adds the API's id, which is new after each change of it.
        "LocalEndpoint": instance.endpoint,
        "Scanner": scanner(),
        **dict(instance.parameters),
    }
    _apply_stack(instance, STACK, template, parameters)
    _update_code(instance, digests)
    outputs = _outputs(instance, STACK)
    gateway.complete(instance, outputs["ApiId"])
    topics = {name: outputs[name] for name in ("EventsTopicArn", "AlarmsTopicArn")}
    consumer = consumer_stack(STACK, DEMO_CONSUMER)
    _apply_stack(instance, consumer, CONSUMER_TEMPLATE.read_text(), topics)
    return outputs | {f"Consumer{name}": value for name, value in _outputs(instance, consumer).items()}


def _digest(package: Package) -> str:
    return base64.b64encode(hashlib.sha256(package.zip_path.read_bytes()).digest()).decode()


def _version() -> str:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True
    )
    return described.stdout.strip() or "local"


def _upload(instance: Instance, packages: list[Package], digests: dict[str, str]) -> None:
    s3 = client(instance, "s3")
    if CODE_BUCKET not in [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]:
        s3.create_bucket(Bucket=CODE_BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    for package in packages:
        key = f"{package.name}.zip"
        try:
            head = s3.head_object(Bucket=CODE_BUCKET, Key=key)
            if head["Metadata"].get("digest") == digests[package.name]:
                continue
        except ClientError:
            pass
        body = package.zip_path.read_bytes()
        s3.put_object(Bucket=CODE_BUCKET, Key=key, Body=body, Metadata={"digest": digests[package.name]})


def _apply_stack(instance: Instance, name: str, template: str, parameters: dict[str, str]) -> None:
    cloudformation = client(instance, "cloudformation")
    digest = hashlib.sha256(repr((template, sorted(parameters.items()))).encode()).hexdigest()
    stack = _describe(cloudformation, name)
    if stack is not None and _tag(stack) == digest and stack["StackStatus"].endswith("_COMPLETE"):
        if "ROLLBACK" not in stack["StackStatus"]:
            return
    if stack is not None and stack["StackStatus"] in ("ROLLBACK_COMPLETE", "CREATE_FAILED"):
        cloudformation.delete_stack(StackName=name)
        _settle(cloudformation, name)
        stack = None
    # That of the main stack is too long to be sent along: CloudFormation reads it from the bucket, as it does for SAM.
    key = f"{name}.yaml"
    client(instance, "s3").put_object(Bucket=CODE_BUCKET, Key=key, Body=template.encode())
    change = cloudformation.create_stack if stack is None else cloudformation.update_stack
    change(
        StackName=name,
        TemplateURL=f"{instance.endpoint}/{CODE_BUCKET}/{key}",
        Parameters=[{"ParameterKey": one, "ParameterValue": value} for one, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Tags=[{"Key": INPUT_TAG, "Value": digest}],
    )
    settled = _settle(cloudformation, name)
    if settled not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise LocalError(f"the stack {name} ended in {settled}:\n" + "\n".join(_failures(cloudformation, name)))


def _describe(cloudformation: Any, name: str) -> dict[str, Any] | None:
    try:
        return cloudformation.describe_stacks(StackName=name)["Stacks"][0]
    except ClientError:
        return None


def _tag(stack: dict[str, Any]) -> str | None:
    return {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}.get(INPUT_TAG)


def _settle(cloudformation: Any, name: str) -> str:
    """Waits for a stack to stop moving; returns its status."""
    while True:
        stack = _describe(cloudformation, name)
        if stack is None:
            return "DELETE_COMPLETE"
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return stack["StackStatus"]
        time.sleep(0.2)


def _failures(cloudformation: Any, name: str) -> list[str]:
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    return [
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED")
    ]


def _outputs(instance: Instance, name: str) -> dict[str, str]:
    stack = _describe(client(instance, "cloudformation"), name)
    assert stack is not None
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _update_code(instance: Instance, digests: dict[str, str]) -> None:
    functions = client(instance, "lambda")
    for name, digest in digests.items():
        function = f"{STACK}-{name}"
        deployed = functions.get_function_configuration(FunctionName=function)["CodeSha256"]
        if deployed != digest:
            functions.update_function_code(FunctionName=function, S3Bucket=CODE_BUCKET, S3Key=f"{name}.zip")
