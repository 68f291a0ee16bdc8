"""An exploration as a page for people: on a terminal, or as `docs/exploration.md`."""

from collections.abc import Iterable, Iterator, Sequence

from subsim.basics.dates import Day, days_after
from subsim.basics.money import kroner
from subsim.basics.texts import Message, Plural
from subsim.exploring.alphabet import ALPHABET, FIRST_DAY, GRID, HORIZON, PRICES
from subsim.exploring.contradictions import PROPERTIES
from subsim.exploring.exploration import (
    ALL_READINGS,
    DEEPER,
    STANDARD,
    SWEEP,
    Exploration,
    TargetResult,
)
from subsim.exploring.no_way_out import Interval
from subsim.exploring.targets import KINDS
from subsim.files.writer import timeline_line
from subsim.pages.blocks import Blocks, Column, Lines, Paragraph, Table, section, stack
from subsim.pages.text import Page

_NAMES = {
    "phase": Message("phases"),
    "move": Message("moves"),
    "route": Message("routes open"),
    "end": Message("reasons of an end"),
    "refusal": Message("refusals"),
    "line": Message("lines"),
    "duty": Message("duties"),
}


def exploration_page(exploration: Exploration, page: Page) -> Blocks:
    """The bounds, the targets reached and their timelines, the intervals without a way out, the contradictions."""
    _ = page.translate
    return stack(
        _bounds(exploration, page),
        section(_("Reached"), _counts(exploration, page)),
        section(_("The shortest timelines"), _timelines([*exploration.reached, *exploration.unexpected], page)),
        section(_("The longest stretches without a way out"), _intervals(exploration, page)),
        _compared(exploration, page),
    )


def _bounds(exploration: Exploration, page: Page) -> Paragraph:
    sweep = min(SWEEP.most_events, exploration.events)
    return page.say(
        Message(
            "Explored: all timelines of up to {events} out of {letters}, on {dates} dates from {first} on",
            events=Plural("{n} event", "{n} events", n=exploration.events),
            letters=len(ALPHABET),
            dates=len(GRID),
            first=FIRST_DAY,
        ),
        Message("time then passes until {horizon}", horizon=HORIZON),
        Message(
            "under {others} other readings up to {events} out of {letters}",
            others=len(ALL_READINGS) - 1,
            events=Plural("{n} event", "{n} events", n=sweep),
            letters=len(SWEEP.alphabet),
        ),
        Message(
            "{replays}, {merged}",
            replays=Plural("{n} replay", "{n} replays", n=exploration.replays),
            merged=Plural(
                "{n} timeline merged with one that stands alike",
                "{n} timelines merged with one that stands alike",
                n=exploration.merged,
            ),
        ),
    )


def _of_kind(reached: Iterable[TargetResult], kind: str) -> list[TargetResult]:
    return [each for each in reached if each.target.kind == kind]


def _counts(exploration: Exploration, page: Page) -> Table:
    """A row by kind: how many targets, how many reached under `standard`, how many under other readings only."""
    _ = page.translate
    by_kind = [_of_kind(exploration.reached, kind) for kind in KINDS]
    usual = [sum(each.witness is not None and each.variant == STANDARD for each in its) for its in by_kind]
    others = [sum(each.witness is not None and each.variant != STANDARD for each in its) for its in by_kind]
    return page.table(
        Column(_("kind"), [page.words(_NAMES[kind]) for kind in KINDS]),
        Column(_("in all"), [str(len(its)) for its in by_kind], right=True),
        Column(_("reached"), [str(count) for count in usual], right=True),
        Column(_("by other readings only"), [str(count or "") for count in others], right=True),
        Column(_("surprises"), [str(len(_of_kind(exploration.unexpected, kind)) or "") for kind in KINDS], right=True),
    )


def _timelines(reached: Sequence[TargetResult], page: Page) -> Table:
    _ = page.translate
    return page.table(
        Column(_("to"), [str(each.target) for each in reached]),
        Column(_("events"), [str(each.witness.events if each.witness else "") for each in reached], right=True),
        Column(_("timeline"), [_timeline(each, _("not reached within these bounds")) for each in reached]),
    )


def _timeline(reached: TargetResult, otherwise: str) -> str:
    """The events, with the readings where they are not `standard`."""
    if reached.witness is None:
        return otherwise
    words = timeline_line(reached.witness.facts)
    return words if reached.variant == STANDARD else f"{words} ({reached.variant})"


def _intervals(exploration: Exploration, page: Page) -> Blocks:
    """A row for each interval with its readings, and a sentence on the readings without one."""
    _ = page.translate
    rows = _by_interval(exploration)
    open_always = sum(each.interval is None for each in exploration.no_way_out)
    table = page.table(
        Column(_("days"), [str(first.days) for first, _readings in rows], right=True),
        page.dates(_("from"), [first.since for first, _readings in rows]),
        page.dates(_("until"), [days_after(first.until, -1) for first, _readings in rows]),
        Column(_("readings"), ["; ".join(readings) for _first, readings in rows]),
    )
    none = Message("under {open} of {all} readings every day has a way out", open=open_always, all=len(ALL_READINGS))
    return stack(table if rows else None, page.say(none))


def _by_interval(exploration: Exploration) -> list[tuple[Interval, list[str]]]:
    """The intervals, the longest first, each with the readings under which it is the longest."""
    by_days: dict[tuple[int, Day, str], tuple[Interval, list[str]]] = {}
    for each in exploration.no_way_out:
        if (interval := each.interval) is not None:
            key = -interval.days, interval.since, timeline_line(interval.facts)
            by_days.setdefault(key, (interval, []))[1].append(str(each.variant))
    return [by_days[key] for key in sorted(by_days)]


def _compared(exploration: Exploration, page: Page) -> Blocks:
    compared = exploration.compared
    summary = page.say(
        Message(
            "{pairs} on {timelines}: {contradictions} of {properties} properties",
            pairs=Plural("{n} pair of readings", "{n} pairs of readings", n=compared.pairs),
            timelines=Plural("{n} timeline", "{n} timelines", n=compared.timelines),
            contradictions=Plural("{n} contradiction", "{n} contradictions", n=len(compared.contradictions)),
            properties=len(PROPERTIES),
        )
    )
    found = (f"{dict(each.choices)}: {each.claim}: {each.what}" for each in compared.contradictions)
    return stack(summary, Lines(tuple(found)) if compared.contradictions else None)


# docs/exploration.md


def exploration_markdown(exploration: Exploration) -> str:
    """The text of the page `docs/exploration.md`."""
    return "\n".join(_markdown(exploration))


_INTRODUCTION = """\
# Exploration

`subsim explore` replays every small timeline and asks three questions: can everything happen that the model says can
happen, is there a stretch of days in which a member has no way out, and do two readings together contradict what holds
under the terms however one reads. This page is its result, written by

    subsim explore --events {events} --format markdown > docs/exploration.md

One shortest timeline is shown as a scenario by `subsim explore --show "refusal give_notice opsigelse.2"`, that of the
longest stretch without a way out by `subsim explore --show "no-way-out operator"`: save it and replay it.

A longer run, `subsim explore --events 3`, takes some minutes more: a million replays under `standard`.

## Bounds

- At most **{events} events**, each one of {letters}: every kind, with the fields that matter, as
  `subsim/exploring/alphabet.py` lists them; on the dates below. Every timeline begins on the first of them. Every event
  of a subscription is about `main`; a `second` one is only signed up. After the last event time passes until {horizon}.
- Few kinds of events go deeper: {deeper}.
- A minor and a commercial user only sign up. Three packages, at {prices} a month.
- Under `standard` everything is walked; under the {others} other readings (the other profiles, and every single other
  reading on top of each of the three) at most {sweep} events of the {sweep_letters} that can bear on a way out.
- Two timelines that stand alike on a date are one: what the future depends on is listed in
  `subsim/exploring/futures.py`. So {replays} replays stood for all; {merged} times a timeline was merged.
"""


def _markdown(exploration: Exploration) -> Iterator[str]:
    yield _introduction(exploration)
    yield from _rows(("date", "chosen because"), ((str(day), reason) for day, reason in GRID.items()))
    yield "## What is reached\n"
    yield "The shortest timeline to each, with the readings where `standard` does not reach it.\n"
    for kind in KINDS:
        yield f"### {str(_NAMES[kind]).capitalize()}\n"
        yield from _rows(
            (kind, "events", "readings", "timeline"), (_cells(each) for each in _of_kind(exploration.reached, kind))
        )
    yield _surprises(exploration)
    yield from _markdown_of_intervals(exploration)
    yield from _markdown_of_pairs(exploration)


def _introduction(exploration: Exploration) -> str:
    return _INTRODUCTION.format(
        events=exploration.events,
        letters=len(ALPHABET),
        horizon=HORIZON,
        deeper="; ".join(
            f"{name}, {scope.most_events} events of {len(scope.alphabet)}" for name, scope in DEEPER.items()
        ),
        prices=", ".join(kroner(price) for price in PRICES.values()),
        others=len(ALL_READINGS) - 1,
        sweep=min(SWEEP.most_events, exploration.events),
        sweep_letters=len(SWEEP.alphabet),
        replays=f"{exploration.replays:,}",
        merged=f"{exploration.merged:,}",
    )


def _rows(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (headings, ["---"] * len(headings), *rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _cells(reached: TargetResult) -> tuple[str, str, str, str]:
    witness = reached.witness
    if witness is None:
        return reached.target.name, "", "", "not reached within these bounds"
    return reached.target.name, str(witness.events), str(reached.variant), timeline_line(witness.facts)


def _surprises(exploration: Exploration) -> str:
    names = ", ".join(str(each.target) for each in exploration.unexpected) or "nothing"
    return f"Reached beside these: {names}.\n"


def _markdown_of_intervals(exploration: Exploration) -> Iterator[str]:
    yield "## Days without a way out\n"
    none = sum(each.interval is None for each in exploration.no_way_out)
    yield (
        "The longest stretch of days on which the subscription is live, no end stands and no route is open.\n"
        f"Under {none} of the {len(ALL_READINGS)} readings there is no such day. Six months are 181 to 184 days.\n"
    )
    rows = (
        (
            str(interval.days),
            f"{interval.since} to {days_after(interval.until, -1)}",
            timeline_line(interval.facts),
            "; ".join(readings),
        )
        for interval, readings in _by_interval(exploration)
    )
    yield from _rows(("days", "first and last", "timeline", "readings"), rows)


def _markdown_of_pairs(exploration: Exploration) -> Iterator[str]:
    compared = exploration.compared
    yield "## Pairs of readings\n"
    yield (
        f"{compared.pairs} pairs of readings of two points, {compared.timelines} timelines under each: "
        f"{len(compared.contradictions)} contradictions of these properties.\n"
    )
    yield from (f"- {function.__doc__}" for function in PROPERTIES.values())
    if compared.contradictions:
        rows = ((str(each.choices), each.claim, each.what) for each in compared.contradictions)
        yield ""
        yield from _rows(("readings", "property", "what is wrong"), rows)
