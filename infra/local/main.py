"""The local cloud's commands; the Makefile calls them: run, up, down, load, logs, mails, mail, test, clean."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import cloud
import demo
import environment
import logs
import mails
import package
from deploy import deploy
from load import REFERENCE_KEYS, describe, load, put_reference
from seed import seed
from settings import LOCAL, ROOT, Instance, LocalError, own_instance, test_instance


def bring_up(instance: Instance) -> dict[str, str]:
    """Build, start, deploy, seed: after it every route answers. Returns the instance's variables."""
    began = time.monotonic()

    def step(text: str) -> None:
        print(f"[{time.monotonic() - began:5.0f} s] {text}", flush=True)

    step("building the functions")
    binaries = package.build(extra=["seed"])
    packages = package.pack_all(binaries)
    step(f"starting the local cloud on {instance.endpoint}")
    cloud.start(instance)
    step("deploying template.yaml and a consumer of events")
    keys = environment.demo_keys()
    outputs = deploy(instance, packages, keys)
    values = environment.variables(instance, outputs, keys)
    environment.write(instance, values)
    step("loading the seed data")
    seed(instance, binaries, values)
    values |= demo.variables(instance, values)
    environment.write(instance, values)
    step("ready")
    return values


def run(_: argparse.Namespace) -> None:
    """Foreground: brings all up, says how to call it, and stops it on Ctrl-C or SIGTERM."""
    instance = own_instance()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _greet(bring_up(instance))
        print("Ctrl-C stops it.", flush=True)
        while cloud.running_pid(instance) is not None:
            time.sleep(1)
        raise LocalError(f"the local cloud ended by itself: see {instance.log_file}")
    except KeyboardInterrupt:
        print("\nstopping", flush=True)
    finally:
        # A second Ctrl-C must not cut the writing of the state.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        cloud.stop(instance)


def up(_: argparse.Namespace) -> None:
    """Background: returns when the API answers."""
    _greet(bring_up(own_instance()))


def down(_: argparse.Namespace) -> None:
    """Stops the background cloud; its state stays for the next start."""
    print("stopped" if cloud.stop(own_instance()) else "nothing was running")


def load_file(arguments: argparse.Namespace) -> None:
    """Loads one feed file and prints its report; fails when the import did not finish as done."""
    instance = own_instance()
    values = environment.read(instance)
    if cloud.running_pid(instance) is None or not values:
        raise LocalError("no local cloud is running: start one with `make up`")
    file = Path(arguments.file)
    if arguments.source in REFERENCE_KEYS:
        print(put_reference(instance, values["DATA_BUCKET"], arguments.source, file))
        return
    report = load(
        instance, values["DATA_BUCKET"], arguments.source, arguments.feed, file, arguments.force
    )
    print(describe(report))
    if report["status"] != "done":
        raise LocalError(f"the import was {report['status']}; FORCE=1 overrides a refusal")


def test(_: argparse.Namespace) -> None:
    """Runs the integration tests against a private local cloud that keeps nothing."""
    instance = test_instance()
    try:
        values = bring_up(instance)
        command = ["cargo", "test", "--locked", "-p", "tests"]
        if subprocess.run(command, cwd=ROOT, env={**os.environ, **values}).returncode != 0:
            logs.show(instance, package.function_names(), count=20)
            raise LocalError(f"integration tests failed; the local cloud's log is {instance.log_file}")
        # Last: it plants things everywhere.
        search = [sys.executable, "-B", str(ROOT / "infra/canary/main.py"), "--port", str(instance.port)]
        if subprocess.run(search, cwd=ROOT).returncode != 0:
            raise LocalError("the search for what is left of somebody who was erased failed: see above")
    finally:
        cloud.stop(instance)
    shutil.rmtree(instance.home, ignore_errors=True)


def show_logs(arguments: argparse.Namespace) -> None:
    """Prints the last log lines of one function, or of each."""
    instance = own_instance()
    if cloud.running_pid(instance) is None:
        raise LocalError("no local cloud is running: start one with `make up`")
    names = [arguments.function] if arguments.function else package.function_names()
    logs.show(instance, names, arguments.count)


def list_mails(_: argparse.Namespace) -> None:
    """Lists the mails that were sent, newest first."""
    print(mails.listing(own_instance().mails))


def show_mail(arguments: argparse.Namespace) -> None:
    """Shows the headers and the text of one mail."""
    print(mails.one(own_instance().mails, arguments.id))


def clean(_: argparse.Namespace) -> None:
    """Stops the cloud and forgets its data, packages and demo keys."""
    cloud.stop(own_instance())
    shutil.rmtree(LOCAL, ignore_errors=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _greet(values: dict[str, str]) -> None:
    place = "latitude=48.8566&longitude=2.3522&radius=30&insee=75056"
    print(
        f"""
API_URL    {values["API_URL"]}
API_KEY    {values["API_KEY"]}
API_KEY_2  {values["API_KEY_2"]}
API_KEY_3  {values["API_KEY_3"]}

  . .local/env
  curl "$API_URL/healthcheck"
  curl -H "x-api-key: $API_KEY" "$API_URL/v1/jobs?romes=D1102,D1104&{place}"
  curl -H "x-api-key: $API_KEY_2" "$API_URL/v1/jobs?romes=M1607&{place}&sources=matcha"
""",
        flush=True,
    )


def main() -> int:
    """Reads the command line; a LocalError is shown as one line."""
    parser = argparse.ArgumentParser(prog="infra/local/main.py", description=__doc__)
    commands = parser.add_subparsers(required=True)
    plain = {"run": run, "up": up, "down": down, "mails": list_mails, "test": test, "clean": clean}
    for name, action in plain.items():
        commands.add_parser(name, help=action.__doc__).set_defaults(action=action)
    loading = commands.add_parser("load", help=load_file.__doc__)
    loading.add_argument("source")
    loading.add_argument("file")
    loading.add_argument("--feed", default="main")
    loading.add_argument("--force", action="store_true")
    loading.set_defaults(action=load_file)
    logging = commands.add_parser("logs", help=show_logs.__doc__)
    logging.add_argument("function", nargs="?", default="")
    logging.add_argument("--count", type=int, default=50)
    logging.set_defaults(action=show_logs)
    mail = commands.add_parser("mail", help=show_mail.__doc__)
    mail.add_argument("id")
    mail.set_defaults(action=show_mail)
    arguments = parser.parse_args()
    try:
        arguments.action(arguments)
        sys.stdout.flush()
    except LocalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads has seen enough: `make mails | head -1`. Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
