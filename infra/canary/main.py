"""That nothing of a person who was erased is left: canaries, looked for in everything that a local cloud holds.

    make canaries

Somebody applies three times through the gateway, with data that are nowhere else, and has them erased by the link of a
mail. Then every table, index, stream, queue, dead letter, object with its versions, log and file is searched for each
datum, in every form in which it could lie there. Before, the same is planted everywhere, to see that the search finds it.
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "local"))

import cloud
import environment
from forms import Canary
from main import bring_up
from people import Somebody
from places import held
from plant import Planted
from search import Search
from settings import LOCAL, Instance, LocalError, test_instance

# A person that was erased stays as a pseudonym where it is counted how often the address applied, and in the links of
# the mail that it asked for; until then it is in the index as well.
HASH = "hash of the address"
MAY_HOLD_THE_HASH = ("count#", "link#")


def run(instance: Instance, values: dict[str, str]) -> None:
    """Applies, looks, erases, looks again. What is broken is told as a LocalError."""
    began = time.monotonic()

    def step(text: str) -> None:
        print(f"[{time.monotonic() - began:5.0f} s] {text}", flush=True)

    somebody = Somebody(instance, values)
    person = somebody.canaries()
    pseudonym = Canary(HASH, somebody.hash)
    step("applying three times")
    somebody.apply()
    planted = Planted(instance, values)
    planted.everywhere()
    step(f"looking for {len(person)} data of a person, and {len(planted.canaries)} planted canaries")
    before = Search([*person, pseudonym, *planted.canaries]).through(held(instance))
    seen = {(kind, name) for kind, _, name in before.hits}
    missed = sorted(f"{name} in {kind}" for kind, name in planted.expected - seen)
    if missed:
        raise LocalError(f"the search does not find what was planted: {', '.join(missed)}")
    if ("table", HASH) not in seen:
        raise LocalError("the search does not find the pseudonym of somebody who applied")
    _nowhere(person, before.hits, "in clear, though nobody was erased yet")
    step("every planted canary is found, and what was sent in is nowhere in clear; erasing")
    somebody.ask_and_erase()
    step("looking again")
    after = Search([*person, pseudonym]).through(held(instance))
    _nowhere(person, after.hits, "after the erasure")
    # Streams tell for a day which keys were written.
    wrong = sorted(
        f"{kind} {place}"
        for kind, place, name in after.hits
        if name == HASH and kind != "stream" and not any(start in place for start in MAY_HOLD_THE_HASH)
    )
    if wrong:
        raise LocalError("the pseudonym is left:\n  " + "\n  ".join(wrong))
    step("nothing is left: " + ", ".join(f"{count} {kind}" for kind, count in sorted(after.looked.items())))


def _nowhere(person: list[Canary], hits: set[tuple[str, str, str]], when: str) -> None:
    names = {canary.name for canary in person}
    found = sorted(f"{name}: {kind} {place}" for kind, place, name in hits if name in names)
    if found:
        raise LocalError(f"found {when}:\n  " + "\n  ".join(found))


def main() -> int:
    """Reads the command line; a LocalError is shown as it is."""
    parser = argparse.ArgumentParser(prog="infra/canary/main.py", description=__doc__)
    parser.add_argument("--port", type=int, help="of the private local cloud of a test run; one of its own unless told")
    options = parser.parse_args()
    try:
        if options.port is not None:
            instance = Instance(LOCAL / f"test-{options.port}", options.port, keeps_state=False, seed_scale=0.2)
            run(instance, environment.read(instance))
            return 0
        instance = test_instance()
        try:
            run(instance, bring_up(instance))
        finally:
            cloud.stop(instance)
        shutil.rmtree(instance.home, ignore_errors=True)
    except LocalError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
