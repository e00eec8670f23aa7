"""Gives the local API what the local cloud drops from the template.

On AWS all of it comes with the stack. The local cloud ignores the gateway responses inside the API's
definition, reads a method setting's path undecoded, and loses a usage plan's limits per method. So
they are read from the processed template and set through the API Gateway calls themselves.
"""

from typing import Any

from clients import client
from settings import STACK, Instance

STAGE = "api"
LIMITS_PLAN = "local-method-limits"


def complete(instance: Instance, api_id: str) -> None:
    """Sets the template's gateway responses and limits per method on the deployed API."""
    template = client(instance, "cloudformation").get_template(StackName=STACK, TemplateStage="Processed")
    resources = template["TemplateBody"]["Resources"]
    gateway = client(instance, "apigateway")
    _responses(gateway, api_id, resources["Api"]["Properties"]["Body"])
    stage = next(r for r in resources.values() if r["Type"] == "AWS::ApiGateway::Stage")
    _stage_limits(gateway, api_id, stage["Properties"].get("MethodSettings", []))
    plan = next(r for r in resources.values() if r["Type"] == "AWS::ApiGateway::UsagePlan")
    _plan_limits(gateway, api_id, plan["Properties"]["ApiStages"][0].get("Throttle", {}))


def unlimited(instance: Instance) -> None:
    """Lifts the limits per method: who measures what breaks under load wants no refusals."""
    gateway = client(instance, "apigateway")
    for plan in gateway.get_usage_plans()["items"]:
        if plan["name"] == LIMITS_PLAN:
            gateway.delete_usage_plan(usagePlanId=plan["id"])


def _responses(gateway: Any, api_id: str, definition: dict[str, Any]) -> None:
    current = {item["responseType"]: item for item in gateway.get_gateway_responses(restApiId=api_id)["items"]}
    changed = False
    for kind, wanted in definition.get("x-amazon-apigateway-gateway-responses", {}).items():
        settings = {
            "statusCode": str(wanted["statusCode"]),
            "responseParameters": wanted.get("responseParameters", {}),
            "responseTemplates": wanted.get("responseTemplates", {}),
        }
        known = current.get(kind, {})
        if all(known.get(name) == value for name, value in settings.items()):
            continue
        gateway.put_gateway_response(restApiId=api_id, responseType=kind, **settings)
        changed = True
    if changed:
        # Responses take effect with the next deployment, as on AWS.
        deployment = gateway.create_deployment(restApiId=api_id)
        gateway.update_stage(
            restApiId=api_id,
            stageName=STAGE,
            patchOperations=[{"op": "replace", "path": "/deploymentId", "value": deployment["id"]}],
        )


def _stage_limits(gateway: Any, api_id: str, settings: list[dict[str, Any]]) -> None:
    operations = []
    for setting in settings:
        if setting["ResourcePath"] == "/*":
            continue
        method = f"{setting['ResourcePath']}/{setting['HttpMethod']}"
        for name, field in (("rateLimit", "ThrottlingRateLimit"), ("burstLimit", "ThrottlingBurstLimit")):
            operations.append(
                {"op": "replace", "path": f"{method}/throttling/{name}", "value": str(setting[field])}
            )
    if operations:
        gateway.update_stage(restApiId=api_id, stageName=STAGE, patchOperations=operations)


def _plan_limits(gateway: Any, api_id: str, throttle: dict[str, dict[str, Any]]) -> None:
    """A second plan beside the template's, with its keys and its limits per method: a call must pass both."""
    plans = gateway.get_usage_plans()["items"]
    keys = [
        key["id"]
        for plan in plans
        if plan["name"] != LIMITS_PLAN
        for key in gateway.get_usage_plan_keys(usagePlanId=plan["id"])["items"]
    ]
    for plan in plans:
        if plan["name"] == LIMITS_PLAN:
            gateway.delete_usage_plan(usagePlanId=plan["id"])
    limits = {
        method: {"rateLimit": float(limit["RateLimit"]), "burstLimit": int(limit["BurstLimit"])}
        for method, limit in throttle.items()
    }
    made = gateway.create_usage_plan(
        name=LIMITS_PLAN, apiStages=[{"apiId": api_id, "stage": STAGE, "throttle": limits}]
    )
    for key in keys:
        gateway.create_usage_plan_key(usagePlanId=made["id"], keyId=key, keyType="API_KEY")
