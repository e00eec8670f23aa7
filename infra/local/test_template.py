"""Tests of the templates as CloudFormation gets them: `PYTHONPATH=infra/local python -m unittest test_template`.

The local cloud knows none of these limits, so that without them the first to hear of one is whoever deploys.
"""

import json
import re
import unittest
from pathlib import Path
from typing import Any
from unittest.mock import patch

from samcli.yamlhelper import yaml_parse
from samtranslator.translator.transform import transform

from package import CODE_URI
from settings import REGION, ROOT

TEMPLATES = [ROOT / "template.yaml", *sorted((ROOT / "infra").glob("*/template.yaml"))]
# CloudFormation takes 500 resources, 200 parameters and 200 outputs. A route with all that belongs to it is three
# resources (function, role, log group), so there is room for some twenty before anybody has to think.
MOST_RESOURCES = 450
MOST_PARAMETERS = MOST_OUTPUTS = 180
# Of a role's policies together, in characters without spaces; each route is one more function that the gateway may call.
MOST_OF_A_ROLE = 9_000


def expanded(file: Path) -> dict[str, Any]:
    """A template as SAM writes it for CloudFormation, by the pinned version of SAM."""
    text = CODE_URI.sub(r"\1s3://code/\2.zip", file.read_text("utf-8"))
    template = json.loads(json.dumps(yaml_parse(text)))
    assert "Fn::ForEach" not in text, "a loop hides how many resources there are"
    for resource in template["Resources"].values():
        # SAM wants an image to be somewhere already.
        if resource.get("Properties", {}).get("PackageType") == "Image":
            resource["Properties"]["ImageUri"] = "123456789012.dkr.ecr.eu-west-3.amazonaws.com/image:latest"
    with patch.dict("os.environ", AWS_DEFAULT_REGION=REGION):
        return transform(template, {}, type("NoManagedPolicies", (), {"load": staticmethod(dict)}))


def written(value: Any) -> str:
    """What a reference becomes on AWS, as long as in a stack with a long name."""
    function = "arn:aws:lambda:eu-west-3:123456789012:function:alternance-preview-list-metiers-of-establishment"
    return re.sub(r'\{"Fn::GetAtt":\["\w+","Arn"\]\}', f'"{function}"', json.dumps(value, separators=(",", ":")))


class Limits(unittest.TestCase):
    """How near each stack is to what CloudFormation takes."""

    def test_every_stack_has_room_to_grow(self) -> None:
        for file in TEMPLATES:
            template = expanded(file)
            for part, most in (
                ("Resources", MOST_RESOURCES),
                ("Parameters", MOST_PARAMETERS),
                ("Outputs", MOST_OUTPUTS),
            ):
                with self.subTest(template=str(file.relative_to(ROOT)), part=part):
                    self.assertLessEqual(len(template[part]), most)

    def test_the_gateway_may_call_all_functions_by_one_policy(self) -> None:
        role = expanded(ROOT / "template.yaml")["Resources"]["GatewayRole"]
        policies = [policy["PolicyDocument"] for policy in role["Properties"]["Policies"]]
        self.assertLessEqual(len(written(policies)), MOST_OF_A_ROLE)


class Alarms(unittest.TestCase):
    """What whoever is woken reads first."""

    def test_each_names_a_section_of_the_runbook(self) -> None:
        sections = re.findall("(?m)^## (.+)$", (ROOT / "infra" / "runbook.md").read_text("utf-8"))
        for file in TEMPLATES:
            template = file.read_text("utf-8")
            named = re.findall(r"(?m)^ +AlarmDescription: .+ infra/runbook\.md, (.+)\.$", template)
            with self.subTest(template=str(file.relative_to(ROOT))):
                self.assertEqual(len(named), template.count("AWS::CloudWatch::Alarm"))
                self.assertLessEqual(set(named), set(sections))


if __name__ == "__main__":
    unittest.main()
