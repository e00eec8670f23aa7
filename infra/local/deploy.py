"""Puts template.yaml into the local cloud through CloudFormation and the SAM transform.

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
from settings import CODE_BUCKET, DEMO_CONSUMER, REGION, ROOT, STACK, Instance, LocalError, architecture, scanner

# Name of the stack's tag that says which template and parameters made it.
INPUT_TAG = "local-input"


def deploy(instance: Instance, packages: list[Package], demo_keys: list[str]) -> dict[str, str]:
    """Creates or updates the stack and the functions' code; returns the stack's outputs."""
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
        "Consumers": DEMO_CONSUMER,
        "Scanner": scanner(),
        **dict(instance.parameters),
    }
    _apply_stack(instance, template, parameters)
    _update_code(instance, digests)
    outputs = _outputs(instance)
    gateway.complete(instance, outputs["ApiId"])
    return outputs


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


def _apply_stack(instance: Instance, template: str, parameters: dict[str, str]) -> None:
    cloudformation = client(instance, "cloudformation")
    digest = hashlib.sha256(repr((template, sorted(parameters.items()))).encode()).hexdigest()
    stack = _describe(cloudformation)
    if stack is not None and _tag(stack) == digest and stack["StackStatus"].endswith("_COMPLETE"):
        if "ROLLBACK" not in stack["StackStatus"]:
            return
    if stack is not None and stack["StackStatus"] in ("ROLLBACK_COMPLETE", "CREATE_FAILED"):
        cloudformation.delete_stack(StackName=STACK)
        _settle(cloudformation)
        stack = None
    # Too long to be sent along: CloudFormation reads it from the bucket, as it does for SAM.
    client(instance, "s3").put_object(Bucket=CODE_BUCKET, Key=TEMPLATE.name, Body=template.encode())
    change = cloudformation.create_stack if stack is None else cloudformation.update_stack
    change(
        StackName=STACK,
        TemplateURL=f"{instance.endpoint}/{CODE_BUCKET}/{TEMPLATE.name}",
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        Tags=[{"Key": INPUT_TAG, "Value": digest}],
    )
    settled = _settle(cloudformation)
    if settled not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise LocalError(f"the stack ended in {settled}:\n" + "\n".join(_failures(cloudformation)))


def _describe(cloudformation: Any) -> dict[str, Any] | None:
    try:
        return cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    except ClientError:
        return None


def _tag(stack: dict[str, Any]) -> str | None:
    return {tag["Key"]: tag["Value"] for tag in stack.get("Tags", [])}.get(INPUT_TAG)


def _settle(cloudformation: Any) -> str:
    """Waits for the stack to stop moving; returns its status."""
    while True:
        stack = _describe(cloudformation)
        if stack is None:
            return "DELETE_COMPLETE"
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return stack["StackStatus"]
        time.sleep(0.2)


def _failures(cloudformation: Any) -> list[str]:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    return [
        f"  {event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason given')}"
        for event in events
        if event["ResourceStatus"].endswith("_FAILED")
    ]


def _outputs(instance: Instance) -> dict[str, str]:
    stack = _describe(client(instance, "cloudformation"))
    assert stack is not None
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _update_code(instance: Instance, digests: dict[str, str]) -> None:
    functions = client(instance, "lambda")
    for name, digest in digests.items():
        function = f"{STACK}-{name}"
        deployed = functions.get_function_configuration(FunctionName=function)["CodeSha256"]
        if deployed != digest:
            functions.update_function_code(FunctionName=function, S3Bucket=CODE_BUCKET, S3Key=f"{name}.zip")
