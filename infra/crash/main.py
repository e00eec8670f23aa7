"""The crash campaign: deposits, applications and appointments through a local cloud of its own whose functions are killed
and whose calls break.

    make crash N=1000 SEED=1

Real processes: the functions as they are built, behind a proxy that throttles, and loses answers of calls that
were applied; a mail provider that takes mails and closes the connection; SIGKILL at random moments. Then everything
is mended, and within minutes each acknowledged offer must be there once, with its postings, its event and its mail, and
each acknowledged application with both of its mails, its CV looked at. Appointments go on while things break: answers,
picks and withdrawals, by the links of mails that arrived; each that was acknowledged must be in the table, and the mails
and events of all that the table holds must be there, no more and no less. Two partners have webhooks that answer, refuse,
hold and drop calls: each event of theirs must arrive there, signed, under one id, until it is acknowledged.
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "local"))

import cloud
import demo
import environment
import gateway
import package
from partners import Partner
from deploy import deploy
from drain import drain
from faults import Feed, Provider, Proxy
from hooks import Receiver
from kills import Killer
from seed import open_trainings, register
from settings import LOCAL, ROOT, Instance, LocalError, reserved_ports
from tables import Tables, told_of

import applicants
import askers
import check
import check_appointments
import check_following
import check_hooks
import conversations

DEAD_QUEUES = ("WEBHOOK_EVENTS_DEAD_QUEUE_URL", "WEBHOOK_DEAD_QUEUE_URL")
# Types that the second webhook of a partner is told.
SOME = ("offer.published", "application.delivered", "appointment.picked")


def campaign(count: int, seed: int, events: bool) -> int:
    """Runs one and prints its report; 1 where a promise was broken."""
    binaries = package.build(extra=["seed"])
    _build_provider()
    packages = package.pack_all(binaries)
    # Each is told to the others before they start, so that none can pick its own.
    ports = reserved_ports(3)
    home = LOCAL / f"crash-{ports[0]}"
    proxy_url, provider_url = (f"http://127.0.0.1:{port}" for port in ports[1:])
    instance = Instance(
        home,
        ports[0],
        keeps_state=False,
        seed_scale=0.2,
        function_variables=(("AWS_ENDPOINT_URL", proxy_url), ("AWS_ENDPOINT_URL_SESV2", provider_url)),
        parameters=(("MailTransport", "ses"),),
    )
    home.mkdir(parents=True, exist_ok=True)
    proxy = provider = receiver = None
    try:
        cloud.start(instance)
        proxy = Proxy(ports[1], instance.endpoint, home / "proxy.log")
        provider = Provider(binaries / "fake-ses", ports[2], seed, home / "provider.log")
        keys = environment.demo_keys()
        outputs = deploy(instance, packages, keys)
        gateway.unlimited(instance)
        values = environment.variables(instance, outputs, keys)
        register(instance, binaries, values)
        open_trainings(instance, binaries, values)
        values |= demo.variables(instance, values)
        receiver = Receiver(seed)
        return _run(instance, values, proxy, provider, receiver, count, seed, events)
    finally:
        cloud.stop(instance)
        for process in (proxy, provider, receiver):
            if process is not None:
                process.stop()
        shutil.rmtree(home / "state", ignore_errors=True)


def _run(
    instance: Instance,
    values: dict[str, str],
    proxy: Proxy,
    provider: Provider,
    receiver: Receiver,
    count: int,
    seed: int,
    events: bool,
) -> int:
    pid = cloud.running_pid(instance)
    assert pid is not None
    tables, partner = Tables(instance, values), Partner(values, seed)
    other = Partner(values | {"API_KEY": values["API_KEY_2"]}, seed)
    killer = Killer(pid, seed, pause=0.4)
    many = max(4, count // 20)
    feed = Feed(tables, provider, partner.bouncing(many), seed) if events else None
    about = askers.trainings(partner)
    first, second, _ = environment.DEMO_PARTNERS
    receiver.create(partner, first)
    receiver.create(partner, first, SOME)
    receiver.create(other, second)
    began = time.monotonic()
    proxy.break_things()
    killer.start()
    if feed:
        feed.start()
    establishments = partner.establishments(many)
    requests = partner.deposit(establishments, count)
    # An address that refuses mails takes no applications either, once that is known.
    offers = [
        partner.offer(answer)
        for number, request in enumerate(requests)
        for answer in request.answers[:1]
        if number % len(establishments) % 20 != 7
    ]
    applications = applicants.apply([partner, partner, other], offers, max(10, count // 2), seed)
    appointments = askers.ask(partner, about, max(10, count // 4), seed)
    loaded = time.monotonic()
    # Fewer functions run while people wait for mails: as many kills would leave hardly one of them alone.
    killer.slow_down(pause=1.5)
    played = conversations.play(partner, provider, appointments, seed)
    talked = time.monotonic()
    killer.stop()
    fired = proxy.mend()
    receiver.mend()
    drained = drain(tables, talked)
    if feed:
        feed.stop()
        # From its last words something may follow.
        drained = drain(tables, talked)
    records, ledger, told_events = tables.scan("RECORDS_TABLE"), tables.scan("LEDGER_TABLE"), tables.followed()
    told = told_of(told_events)
    postings, journal = tables.scan("POSTINGS_TABLE"), provider.journal()
    findings = check.check(requests, applications, records, postings, ledger, journal, told)
    facts, steps = check_appointments.facts_of(records), conversations.steps(played)
    of_appointments = check_appointments.check(appointments, steps, facts, records)
    following = check_following.check(steps, facts, check.mails_of(ledger), provider, told)
    of_hooks = check_hooks.check(receiver, told_events, ledger)
    figures = (findings, of_appointments, following, of_hooks)
    broken = [name for each in figures for name in each.broken()] + ([] if drained is not None else ["drained"])
    silent = [rule for rule, times in fired.items() if times == 0] + of_appointments.never_taken_steps()
    silent += of_hooks.never_drawn()
    print(f"crash campaign: N={count} SEED={seed}, event feed of the mail provider {'alive' if events else 'cut'}")
    print("\n".join(line for each in figures for line in each.lines()))
    print(f"  {'load, seconds':32} {loaded - began:.0f}")
    print(f"  {'conversations, seconds':32} {talked - loaded:.0f}")
    print(f"  {'time to drain, seconds':32} {'never' if drained is None else f'{drained:.0f}'}")
    print(f"  {'kills':32} {killer.kills.total()} {dict(killer.kills)}")
    print(f"  {'faults fired':32} {sum(fired.values())}")
    for rule, times in fired.items():
        print(f"    {rule:40} {times}")
    print(f"    {'mail provider':40} {dict(Counter(entry['outcome'] for entry in provider.journal()))}")
    dead = {queue: tables.queued(queue) for queue in DEAD_QUEUES}
    print(f"  {'dead letters of webhooks':32} {sum(dead.values())} {dead}")
    if silent:
        print(f"  rules that never fired, and steps that never were acknowledged: {', '.join(silent)}")
    print(f"  {'kept every promise' if not broken else 'BROKEN: ' + ', '.join(broken)}")
    return 1 if broken or (silent and count >= 200) else 0


def _build_provider() -> None:
    """By a call of its own: with the test kit beside them, the functions would be built anew with its features."""
    command = ["cargo", "build", "--locked", "-p", "testkit", "--bin", "fake-ses"]
    if subprocess.run(command, cwd=ROOT).returncode != 0:
        raise LocalError("the build of the fake mail provider failed: see cargo's messages above")


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="infra/crash/main.py", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="offers to deposit (1000)")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn (1)")
    parser.add_argument("--no-events", action="store_true", help="the mail provider tells nothing")
    options = parser.parse_args()
    try:
        return campaign(options.count, options.seed, not options.no_events)
    except LocalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
