"""Builds the functions with cargo and packs each binary as a Lambda zip.

One cargo call for all of them, in the development profile: only what changed is compiled, and only
a changed binary is zipped again.
"""

import json
import re
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path

from settings import PACKAGES, ROOT, LocalError

TEMPLATE = ROOT / "template.yaml"
# A line of the template such as `CodeUri: functions/search-jobs`.
CODE_URI = re.compile(r"(?m)^(\s+CodeUri: )functions/([a-z0-9-]+)$")


@dataclass(frozen=True)
class Package:
    """One function's zip."""

    name: str
    zip_path: Path


def function_names() -> list[str]:
    """The functions the template deploys, which are also the names of their crates."""
    return [match.group(2) for match in CODE_URI.finditer(TEMPLATE.read_text())]


def build(extra: list[str]) -> Path:
    """Compiles every function and the `extra` crates; returns the folder of the binaries."""
    command = ["cargo", "build", "--locked"]
    for name in [*function_names(), *extra]:
        command += ["-p", name]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        raise LocalError("the build failed: see cargo's messages above")
    metadata = subprocess.run(
        ["cargo", "metadata", "--no-deps", "--format-version", "1"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return Path(json.loads(metadata.stdout)["target_directory"]) / "debug"


def pack_all(binaries: Path) -> list[Package]:
    """The zip of every function, made anew where the binary changed."""
    PACKAGES.mkdir(parents=True, exist_ok=True)
    return [_pack(name, binaries / name) for name in function_names()]


def _pack(name: str, binary: Path) -> Package:
    package = Package(name, PACKAGES / f"{name}.zip")
    stamp = PACKAGES / f"{name}.stamp"
    stat = binary.stat()
    current = f"{binary} {stat.st_size} {stat.st_mtime_ns}"
    if package.zip_path.exists() and stamp.exists() and stamp.read_text() == current:
        return package
    # A fixed date, so that the same binary gives the same zip and is not deployed twice.
    entry = zipfile.ZipInfo("bootstrap", date_time=(2020, 1, 1, 0, 0, 0))
    entry.external_attr = 0o100755 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    stamp.unlink(missing_ok=True)
    with zipfile.ZipFile(package.zip_path, "w") as archive:
        archive.writestr(entry, binary.read_bytes(), compresslevel=1)
    stamp.write_text(current)
    return package
