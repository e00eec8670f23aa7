"""Fills a local cloud with the invented data set, once.

Three feeds go through the real imports; recruiters, the register of establishments, what schools decided about
appointments and partners' keys, which have no feed, are written by the `seed` binary.
"""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from clients import client
from environment import DEMO_PARTNERS, demo_keys, key_file
from load import FEED_SOURCES, describe, load, put_reference
from settings import ROOT, STACK, Instance, LocalError

GENERATOR = ROOT / "infra" / "seed" / "generate"
# Tag on the tables that says which data set they hold. It is saved and lost together with the rows.
MARKER = "local-seed"
MARKED_TABLES = ("POSTINGS_TABLE", "RECORDS_TABLE")
# The OPCO of the third demo partner, and where it is told of accounts that wait.
DEMO_OPCO = "EP=opco@example.com"


def seed(instance: Instance, binaries: Path, values: dict[str, str]) -> None:
    """Generates the data set if its generator changed, then loads it unless this cloud already holds it."""
    files = instance.seed_files
    stamp = _generate(files, instance.seed_scale)
    wanted = hashlib.sha256("\n".join([stamp, DEMO_OPCO, *demo_keys()]).encode()).hexdigest()
    if all(held == wanted for held in _held(instance, values).values()):
        return
    consents = ["--consents", str(files / "consents.jsonl")]
    _write(binaries, values, ["--recruiters", str(files / "recruiters.jsonl"), *consents, *_register(files)])
    bucket = values["DATA_BUCKET"]
    put_reference(instance, bucket, "rome_naf", files / "rome_naf.csv")
    with ThreadPoolExecutor(len(FEED_SOURCES)) as pool:
        # Forced: a new data set may well withdraw more of the old one than an import lets pass.
        loads = [
            pool.submit(load, instance, bucket, source, "main", files / f"{source}.jsonl.gz", True)
            for source in FEED_SOURCES
        ]
        reports = [pending.result() for pending in loads]
    for report in reports:
        print(describe(report), flush=True)
        if report["status"] != "done":
            raise LocalError(f"the seed's {report['source']} were not imported: {report.get('reason')}")
    # Each import left the sketch of its feed; offers that no feed brings are counted by the nightly run. The export
    # is of the night too.
    for function in ("build-sketch", "export-stock", "publish-offers"):
        done = client(instance, "lambda").invoke(FunctionName=f"{STACK}-{function}", Payload=b"{}")
        if "FunctionError" in done:
            raise LocalError(f"{function} failed: see `make logs FN={function}`")
    for arn in _held(instance, values):
        client(instance, "dynamodb").tag_resource(ResourceArn=arn, Tags=[{"Key": MARKER, "Value": wanted}])


def register(instance: Instance, binaries: Path, values: dict[str, str]) -> None:
    """Only what a deposit needs: the register of establishments, and partners who may call."""
    _generate(instance.seed_files, instance.seed_scale)
    _write(binaries, values, _register(instance.seed_files))


def open_trainings(instance: Instance, binaries: Path, values: dict[str, str]) -> None:
    """Only what a request for an appointment needs: the catalogue, and what its schools decided."""
    files = instance.seed_files
    _write(binaries, values, ["--consents", str(files / "consents.jsonl")])
    report = load(instance, values["DATA_BUCKET"], "formations", "main", files / "formations.jsonl.gz", True)
    if report["status"] != "done":
        raise LocalError(f"the trainings were not imported: {report.get('reason')}")


def _register(files: Path) -> list[str]:
    arguments = ["--registry", str(files / "registry.jsonl"), "--opco-contact", DEMO_OPCO]
    for partner in DEMO_PARTNERS:
        arguments += ["--demo-partner", f"{partner}={key_file(partner)}"]
    return arguments


def _write(binaries: Path, values: dict[str, str], arguments: list[str]) -> None:
    command = [str(binaries / "seed"), *arguments]
    if subprocess.run(command, cwd=ROOT, env={**os.environ, **values}).returncode != 0:
        raise LocalError("the seed binary failed: see its messages above")


def _held(instance: Instance, values: dict[str, str]) -> dict[str, str | None]:
    """By table ARN: the digest of the data set each table holds."""
    dynamodb = client(instance, "dynamodb")
    held = {}
    for name in MARKED_TABLES:
        arn = dynamodb.describe_table(TableName=values[name])["Table"]["TableArn"]
        tags = dynamodb.list_tags_of_resource(ResourceArn=arn).get("Tags", [])
        held[arn] = {tag["Key"]: tag["Value"] for tag in tags}.get(MARKER)
    return held


def _generate(files: Path, scale: float) -> str:
    """Runs the generator unless its files are those of the last run; returns their digest.

    Offers live for two months from the day they are made, so a data set of another month is made anew.
    """
    sources = sorted(path for path in GENERATOR.rglob("*") if path.is_file() and path.suffix != ".pyc")
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    digest.update(f"{date.today():%Y-%m} {scale}".encode())
    for path in sources:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    stamp_file = files / ".stamp"
    if stamp_file.exists() and stamp_file.read_text() == digest.hexdigest():
        return digest.hexdigest()
    files.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "generate", "--out", str(files), "--scale", str(scale)]
    generator = {**os.environ, "PYTHONPATH": str(GENERATOR.parent)}
    if subprocess.run(command, cwd=ROOT, env=generator).returncode != 0:
        raise LocalError("the seed generator failed: see its messages above")
    stamp_file.write_text(digest.hexdigest())
    return digest.hexdigest()
