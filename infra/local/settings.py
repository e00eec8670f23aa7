"""Where things lie and how the local cloud is reached.

An `Instance` is one local cloud: the developer's own (`.local/`) or a test run's private one
(`.local/test-…/`). Packages, seed files and demo keys are shared between instances.
"""

import os
import platform
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
PACKAGES = LOCAL / "zips"
SEED_FILES = LOCAL / "seed"
KEYS = LOCAL / "keys"
TOOLS = ROOT / ".venv" / "bin"
CLOUD_PROGRAM = ROOT / ".venv-cloud" / "bin" / "ministack"

STACK = "alternance"
REGION = "eu-west-3"
CODE_BUCKET = "local-code"
# Follows every event, so that one can look at them: DEMO_CONSUMER_QUEUE_URL in .local/env. Its stack is beside the main one.
DEMO_CONSUMER = "demo"
DEFAULT_PORT = 4566


class LocalError(Exception):
    """Something the person at the terminal can act on; shown without a traceback."""


@dataclass(frozen=True)
class Instance:
    """One local cloud: its folder, its port, whether its state outlives it, and how much of the data set it holds."""

    home: Path
    port: int
    keeps_state: bool = True
    seed_scale: float = 1.0
    # What functions are told instead, and template parameters that differ: the crash campaign puts faults in between.
    function_variables: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env_file(self) -> Path:
        return self.home / "env"

    @property
    def pid_file(self) -> Path:
        return self.home / "cloud.pid"

    @property
    def log_file(self) -> Path:
        return self.home / "cloud.log"

    @property
    def mails(self) -> Path:
        """Where send-mail writes mails, absolute: functions run in folders of their own."""
        return self.home.absolute() / "mails"

    @property
    def seed_files(self) -> Path:
        return SEED_FILES if self.seed_scale == 1.0 else SEED_FILES / f"scale-{self.seed_scale}"

    def aws_env(self) -> dict[str, str]:
        """What an AWS client needs to talk to this instance and to nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
        }


def own_instance() -> Instance:
    """The developer's local cloud, on LOCAL_PORT (4566 unless told)."""
    port = os.environ.get("LOCAL_PORT", "").strip() or str(DEFAULT_PORT)
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise LocalError(f"LOCAL_PORT must be a port number, not {port!r}")
    return Instance(LOCAL, int(port))


def test_instance() -> Instance:
    """A private local cloud for one test run: free port, nothing kept, a fifth of the data set."""
    [port] = reserved_ports(1)
    return Instance(LOCAL / f"test-{port}", port, keeps_state=False, seed_scale=0.2)


def reserved_ports(count: int) -> list[int]:
    """Free ports that nobody else is given for a minute: so the system does with the port of a server that has just had
    a connection, and lets a server that asks for that very port have it."""
    ports = []
    for _ in range(count):
        with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
            accepted, _ = server.accept()
            # Who closes first is left with the port.
            accepted.close()
            ports.append(server.getsockname()[1])
    return ports


def consumer_stack(stack: str, consumer: str) -> str:
    """The stack of a consumer of a stack's events, as `make deploy-consumer` names it."""
    return f"{stack}-consumer-{consumer}"


def architecture() -> str:
    """The Lambda name of this machine's processor: local functions run as plain processes."""
    machine = platform.machine().lower()
    return "arm64" if machine in ("arm64", "aarch64") else "x86_64"


def scanner() -> str:
    """What scans CVs here: ClamAV with a few signatures of our own, which protects from nothing; empty without it."""
    program = shutil.which("clamscan")
    if program is None:
        return ""
    database = ROOT / "infra" / "antivirus"
    return f"{program} --no-summary --stdout --alert-exceeds-max=yes --database={database} -"
