"""The local cloud's process: start it, wait until it answers, stop it cleanly.

It writes its state only on SIGTERM, so it is always stopped with one and waited for.
"""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from settings import CLOUD_PROGRAM, Instance, LocalError

READY_SECONDS = 60
STOP_SECONDS = 120


def start(instance: Instance) -> None:
    """Starts the local cloud in the background; returns once it answers. Does nothing if it already runs."""
    if running_pid(instance) is not None:
        if not answers(instance):
            raise LocalError(f"a local cloud runs but {instance.endpoint} is silent: run `make down` first")
        return
    if answers(instance):
        raise LocalError(f"port {instance.port} is taken: choose another with LOCAL_PORT=…")
    if not instance.keeps_state:
        shutil.rmtree(instance.home, ignore_errors=True)
    elif instance.pid_file.exists():
        # Killed or crashed: files in its buckets are newer than the state it last wrote, and do not fit it.
        print("the local cloud was not stopped cleanly last time: starting afresh", flush=True)
        shutil.rmtree(instance.home / "state", ignore_errors=True)
        # Links in them lead nowhere without the ledger.
        shutil.rmtree(instance.mails, ignore_errors=True)
    _forget_positions(instance.home / "state" / "lambda.json")
    for folder in ("state", "tmp"):
        (instance.home / folder).mkdir(parents=True, exist_ok=True)
    with instance.log_file.open("ab") as log:
        # A session of its own: Ctrl-C in the terminal reaches us, and we stop it with SIGTERM.
        process = subprocess.Popen(
            [str(CLOUD_PROGRAM)],
            cwd=instance.home,
            env=_environment(instance),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    instance.pid_file.write_text(f"{process.pid}\n")
    deadline = time.monotonic() + READY_SECONDS
    while not answers(instance):
        if process.poll() is not None or time.monotonic() > deadline:
            raise LocalError(f"the local cloud did not start: see {instance.log_file}")
        time.sleep(0.1)


def _forget_positions(file: Path) -> None:
    """The local cloud keeps how far a function has read a table's stream, but not the stream: what is written after a
    restart would be taken for read. Without a position it is read from its beginning."""
    if file.exists():
        state = json.loads(file.read_text())
        if state.get("payload", {}).pop("dynamodb_stream_positions", None) is not None:
            file.write_text(json.dumps(state))


def stop(instance: Instance) -> bool:
    """Stops the local cloud and waits until its state is written. False when none was running."""
    pid = running_pid(instance)
    if pid is None:
        instance.pid_file.unlink(missing_ok=True)
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _is_our_cloud(pid):
        _reap(pid)
        if time.monotonic() > deadline:
            raise LocalError(f"process {pid} did not stop within {STOP_SECONDS} s; its state may be unsaved")
        time.sleep(0.1)
    instance.pid_file.unlink(missing_ok=True)
    shutil.rmtree(instance.home / "tmp", ignore_errors=True)
    return True


def running_pid(instance: Instance) -> int | None:
    """The process of this instance, if it is alive and is a local cloud."""
    try:
        pid = int(instance.pid_file.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return pid if _is_our_cloud(pid) else None


def answers(instance: Instance) -> bool:
    """Whether something answers HTTP on the instance's port."""
    try:
        with urllib.request.urlopen(f"{instance.endpoint}/_ministack/health", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _environment(instance: Instance) -> dict[str, str]:
    """A short environment: every function inherits it, so the developer's own variables stay out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LC_ALL") if name in os.environ}
    state = instance.home / "state"
    return {
        **kept,
        # The local cloud hands this on to the functions; without it they would call AWS.
        **instance.aws_env(),
        **dict(instance.function_variables),
        "TMPDIR": str(instance.home / "tmp"),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(instance.port),
        "MINISTACK_REGION": instance.aws_env()["AWS_REGION"],
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1" if instance.keeps_state else "0",
        "STATE_DIR": str(state),
        "S3_PERSIST": "1" if instance.keeps_state else "0",
        "S3_DATA_DIR": str(state / "s3"),
    }


def _is_our_cloud(pid: int) -> bool:
    """Guards against a pid that now belongs to somebody else."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return False
    command = Path(f"/proc/{pid}/cmdline")
    if command.exists():
        return CLOUD_PROGRAM.name.encode() in command.read_bytes()
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return CLOUD_PROGRAM.name in shown.stdout


def _reap(pid: int) -> None:
    """Collects the process when it is our own child; otherwise it would stay as a zombie."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass
