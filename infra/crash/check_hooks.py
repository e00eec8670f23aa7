"""What is true of webhooks after the campaign: of what each was to be told, and of each call that it got."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import ClassVar

from figures import Figures
from hooks import SHARES, TAKEN, Call, Hook, Receiver
from tables import Item, is_waiting

# After the nth failure, in seconds, a fifth more or less (domain/src/webhook/calendar.rs).
WAITS = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)
# How long a call may last, and how long the note of its failure may take.
CALL_SECONDS, NOTE_SECONDS = 15, 30
# Nothing follows a call sooner than the shortest wait; nor one that was taken before its lease of 45 s has lapsed, of
# which the call itself has used some.
SOONEST_SECONDS, LEASED_SECONDS = 4, 30


@dataclass
class HookFigures(Figures):
    """Those of webhooks: messages are an event for one webhook each, calls the attempts to tell of it."""

    messages_due: int = 0
    messages_acknowledged: int = 0
    messages_waiting: int = 0
    messages_missing: int = 0
    messages_without_cause: int = 0
    messages_to_others: int = 0
    messages_saying_otherwise: int = 0
    waits_off_the_calendar: int = 0
    calls: int = 0
    calls_by_outcome: dict[str, int] = field(default_factory=dict)
    calls_badly_signed: int = 0
    calls_too_soon: int = 0
    calls_after_a_2xx: int = 0
    calls_after_a_2xx_unexplained: int = 0
    calls_each: dict[str, int] = field(default_factory=dict)

    PROMISES: ClassVar[tuple[str, ...]] = (
        "messages_missing",
        "messages_without_cause",
        "messages_to_others",
        "messages_saying_otherwise",
        "waits_off_the_calendar",
        "calls_badly_signed",
        "calls_too_soon",
        "calls_after_a_2xx_unexplained",
    )

    def never_drawn(self) -> list[str]:
        """What a webhook may do to a call, and none did."""
        return [f"webhook {outcome}" for outcome in SHARES if not self.calls_by_outcome.get(outcome)]


def check(receiver: Receiver, events: list[Item], ledger: list[Item]) -> HookFigures:
    """Compares what a consumer of the topic was told with the ledger of calls, and with the calls that arrived."""
    figures = HookFigures(messages_to_others=receiver.astray)
    told = {event["id"]: event for event in events}
    items = {item["pk"]: item for item in ledger if item["pk"].startswith("webhook#")}
    each: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for hook in receiver.hooks.values():
        calls: dict[str, list[Call]] = defaultdict(list)
        for call in hook.calls:
            calls[call.id].append(call)
            outcomes[call.outcome] += 1
        for name in calls:
            figures.messages_without_cause += name not in told
            figures.messages_to_others += name in told and not hook.wants(told[name])
        due = {name: event for name, event in told.items() if hook.wants(event)}
        figures.messages_due += len(due)
        for name, event in due.items():
            _message(figures, hook, calls[name], event, items.get(f"webhook#{hook.id}#{name}", {}))
        each.update(str(len(same)) for same in calls.values() if same)
        figures.calls += len(hook.calls)
        figures.calls_badly_signed += sum(
            call.body is not None and not hook.has_signed(call) for call in hook.calls
        )
    figures.calls_by_outcome = dict(outcomes)
    figures.calls_each = dict(sorted(each.items()))
    return figures


def _message(figures: HookFigures, hook: Hook, calls: list[Call], event: Item, item: Item) -> None:
    """What a webhook got of one event, beside what the ledger says of it."""
    taken = [number for number, call in enumerate(calls) if call.outcome == TAKEN]
    if taken:
        figures.messages_acknowledged += 1
        figures.calls_after_a_2xx += len(calls) - 1 - taken[0]
        # An attempt that neither failed nor was settled is one whose function died, or could not tell: its lease has
        # lapsed, and whatever it was answered is lost.
        attempts, failures = (int(item.get(name, 0)) for name in ("attempts", "failures"))
        figures.calls_after_a_2xx_unexplained += len(taken) > max(1, attempts - failures)
    elif item and is_waiting(item):
        figures.messages_waiting += 1
    else:
        figures.messages_missing += 1
    if item and is_waiting(item):
        figures.waits_off_the_calendar += not _is_by_the_calendar(calls, item)
    bodies = {call.body for call in calls if call.body is not None}
    wanted = {"type": event["type"], "data": event["data"], "timestamp": event["occurred_at"]}
    figures.messages_saying_otherwise += len(bodies) > 1 or any(json.loads(body) != wanted for body in bodies)
    for before, after in zip(calls, calls[1:]):
        apart = int(after.timestamp) - int(before.timestamp)
        figures.calls_too_soon += apart < (LEASED_SECONDS if before.outcome == TAKEN else SOONEST_SECONDS)


def _is_by_the_calendar(calls: list[Call], item: Item) -> bool:
    """Whether the next attempt is as long after the last one as the ledger's count of failures wants."""
    if not calls:
        return False
    wait, apart = WAITS[int(item["failures"]) - 1], int(item["at"]) - int(calls[-1].timestamp)
    return 0.8 * wait - 1 <= apart <= 1.2 * wait + CALL_SECONDS + NOTE_SECONDS
