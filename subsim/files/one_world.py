"""The checks that a world of a scenario is possible, and the only world of one without open doubts."""

from collections.abc import Iterable

from subsim.basics.dates import Day
from subsim.basics.faults import Faults, InputErrors
from subsim.basics.texts import Message
from subsim.files.doubts import MOST_WORLDS, Doubt, world_count
from subsim.files.scenario import Scenario, Variant
from subsim.membership.events import Announcement, Event, Withdraw

OPTION = Message("--assume {setting}").template
"""How a remedy names the option of a command; a request has it otherwise."""


def unfit_settings(event: Event, doubt: Doubt) -> set[int]:
    """The settings that no file could have: an announcement after its `effective`, a withdrawal before its `sent`."""
    first, last = Day.min, Day.max
    if isinstance(event, Announcement):
        last = event.effective
    elif isinstance(event, Withdraw) and event.sent is not None:
        first = event.sent
    days = enumerate(doubt.settings)
    return {place for place, each in days if isinstance(each, Day) and not first <= each <= last}


def check_count(scenario: Scenario) -> None:
    """InputErrors where the doubts make too many worlds."""
    count = world_count(scenario.doubts)
    if count <= MOST_WORLDS:
        return
    most = max(scenario.doubts, key=lambda doubt: len(doubt.settings))
    message = Message(
        "the doubts make {count} worlds, expected at most {most}; {doubt} alone has {settings} settings",
        count=count,
        most=MOST_WORLDS,
        doubt=most.id,
        settings=len(most.settings),
    )
    raise _fault_at(scenario, [(most, message, Message("narrow it, as by {option}", option=option_of(most)))])


def none_possible(scenario: Scenario) -> InputErrors:
    """The fault that no world is possible, at the first doubt."""
    message = Message("no setting of what is in doubt makes a timeline that is possible")
    remedy = Message("two facts exclude each other: mend one of them, or what is assumed")
    return _fault_at(scenario, [(scenario.doubts[0], message, remedy)])


def one_world(scenario: Scenario, variant: Variant | None = None) -> Scenario:
    """The only world of a scenario; InputErrors at each doubt that is still open."""
    if not scenario.doubts:
        return scenario
    under = scenario.assuming({}, variant)
    left = [doubt for doubt in under.doubts if doubt.is_open]
    if left:
        raise _fault_at(under, [(doubt, *_left_open(doubt)) for doubt in left])
    if any(unfit_settings(under.facts.timeline[doubt.index], doubt) for doubt in under.doubts):
        raise none_possible(under)
    return under.world([doubt.settings[0] for doubt in under.doubts])


def _left_open(doubt: Doubt) -> tuple[Message, Message]:
    message = Message("{doubt} is in doubt, and this asks for one course of events", doubt=doubt.id)
    return message, Message("assume what it is, as by {option}", option=option_of(doubt))


def option_of(doubt: Doubt) -> Message:
    """The option that assumes the first setting of a doubt."""
    first = doubt.settings[0]
    setting = f"{doubt.id}={first.isoformat() if isinstance(first, Day) else 'yes'}"
    return Message(OPTION, setting=setting)


def _fault_at(scenario: Scenario, notes: Iterable[tuple[Doubt, Message, Message]]) -> InputErrors:
    faults = Faults(scenario.source, scenario.text)
    for doubt, message, remedy in notes:
        faults.add(doubt.place, message, remedy)
    return faults.as_errors()
