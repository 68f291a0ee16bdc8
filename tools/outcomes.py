"""Writes the whole outcomes of many random members, to compare two versions: `python -m tools.outcomes --to FILE`.

Members of `portfolio generate` are run under headers with every kind of announcement and under every profile. Random
timelines with any event are replayed, asked about, and run as members of a portfolio. Each outcome is one line of the
file, reasons included. The timelines are stored beside it. `--beside FILE` compares with the lines of another version
and prints the first that differ. Under `python -m tools.benchmarks.compiled` the lines come from the compiled replay.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec
from attrs import evolve
from hypothesis import Phase, given, seed, settings

from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.files.scenario import loads
from subsim.membership.events import (
    Amount,
    Announcement,
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    PackageName,
)
from subsim.portfolio.generate import PRICES, Block, members
from subsim.portfolio.header import Header
from subsim.portfolio.members import MemberRecord, Reader, Rejected
from subsim.portfolio.run import Run
from subsim.portfolio.sums import Sums
from subsim.terms.readings import PROFILES, Choices, profile
from subsim.terms.terms import Replacements, Terms
from tests.support.portfolios import rows_of
from tests.support.timelines import Story, as_scenario, stories

_MOST_LISTED = 3
_UNTIL = Day(2022, 12, 31)


def main() -> int:
    """Write the lines, or compare them; the exit code is 1 where some differ."""
    parser = argparse.ArgumentParser(prog="python -m tools.outcomes", description=__doc__)
    parser.add_argument("--members", type=int, default=2000, help="so many are made up")
    parser.add_argument("--drawn", type=int, default=1000, help="so many timelines are drawn")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path)
    parser.add_argument("--beside", type=Path)
    options = parser.parse_args()
    drawn = _kept(options.beside) if options.beside else _drawn(options.drawn, options.seed)
    found = [*_made_up(options.members, options.seed), *map(_line_of_story, drawn)]
    if options.to:
        _stories(options.to).write_bytes(pickle.dumps(drawn))
        options.to.write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
    if options.beside is None:
        print(f"{len(found)} outcomes")
        return 0
    other = options.beside.read_text(encoding="utf-8").splitlines()
    unlike = [number for number, (one, two) in enumerate(zip_longest(found, other)) if one != two]
    for number in unlike[:_MOST_LISTED]:
        print(f"line {number + 1}:\n  {_around(found, other, number)}")
    print(f"{len(found)} outcomes compared: {len(unlike) or 'no'} difference{'s' * (len(unlike) > 1)}")
    return 1 if unlike else 0


def _around(found: list[str], other: list[str], number: int) -> str:
    """The text around the first character that differs."""
    one, two = (lines[number] if number < len(lines) else "" for lines in (found, other))
    place = next((at for at, (a, b) in enumerate(zip_longest(one, two)) if a != b), 0)
    start = max(0, place - 300)
    return f"here: …{one[start : place + 150]}…\n  there: …{two[start : place + 150]}…"


# Members made up


def _headers() -> Iterator[Header]:
    """Headers under every profile: the generated one, then one for each rare kind of announcement."""
    prices = {PackageName(name): Amount(price) for name, price in PRICES.items()}
    for kinds in (_PLAIN, _RARE):
        for name in PROFILES:
            yield Header(prices=prices, terms=Terms(readings=profile(name)), until=_UNTIL, announcements=kinds)


def _prices(**øre: int) -> dict[PackageName, Amount]:
    return {PackageName(name): Amount(amount) for name, amount in øre.items()}


_PLAIN: tuple[Announcement, ...] = (
    AnnouncePriceChange(
        date=Day(2020, 9, 1), effective=Day(2020, 11, 1), prices=_prices(basis=155_00, sport=238_00, family=311_00)
    ),
    AnnounceServiceChange(
        date=Day(2021, 4, 1),
        packages=(PackageName("sport"),),
        effective=Day(2021, 5, 15),
        disadvantage="material",
    ),
    AnnouncePriceChange(
        date=Day(2021, 9, 1), effective=Day(2021, 11, 1), prices=_prices(basis=161_00, sport=248_00, family=323_00)
    ),
    AnnouncePriceChange(
        date=Day(2022, 9, 1), effective=Day(2022, 11, 1), prices=_prices(basis=167_00, sport=258_00, family=336_00)
    ),
)
_RARE: tuple[Announcement, ...] = (
    AnnouncePriceChange(
        date=Day(2020, 3, 1),
        effective=Day(2020, 3, 11),
        prices=_prices(basis=153_00, family=301_00),
        grounds="cost",
        cost_increase=Amount(3_00),
    ),
    AnnounceTermsChange(
        date=Day(2020, 5, 1),
        effective=Day(2020, 7, 1),
        numbers=Replacements({"notice-days": 40, "overdue-days": 20}),
        readings=Choices({"final-period": "prorated"}),
    ),
    AnnouncePriceChange(date=Day(2020, 8, 1), effective=Day(2020, 8, 1), prices=_prices(basis=149_00, sport=219_00)),
    AnnouncePriceChange(
        date=Day(2020, 9, 1), effective=Day(2021, 2, 1), prices=_prices(basis=170_00, family=330_00), via=("website",)
    ),
    AnnouncePriceChange(date=Day(2020, 9, 1), effective=Day(2020, 12, 1), prices=_prices(basis=165_00)),
    AnnounceServiceChange(
        date=Day(2020, 10, 15),
        packages=(PackageName("basis"), PackageName("family")),
        effective=Day(2020, 10, 20),
        disadvantage="material",
    ),
    AnnounceServiceChange(
        date=Day(2021, 1, 5), packages=(PackageName("sport"),), effective=Day(2021, 1, 5), urgent=True
    ),
    AnnounceTermsChange(date=Day(2021, 3, 1), effective=Day(2021, 3, 1), material=False),
    AnnounceTermsChange(
        date=Day(2021, 6, 1),
        effective=Day(2021, 8, 1),
        favourable=True,
        numbers=Replacements({"price-notice-days": 60, "binding-months": 3}),
    ),
    AnnouncePriceChange(date=Day(2021, 12, 20), effective=Day(2022, 1, 1), prices=_prices(family=299_00, sport=260_00)),
)


def _made_up(number: int, of_seed: int) -> Iterator[str]:
    headers = list(_headers())
    lines = members(Block(0, number), of_seed, 3).splitlines()
    for place, line in enumerate(lines):
        header = headers[place % len(headers)]
        yield _as_line(_row(header, Reader(header.prices).record(line)))


def _row(header: Header, own: MemberRecord) -> dict[str, Any]:
    """The line of a member: what a run writes of him, with decisions and without, and what he adds to the sums."""
    found: dict[str, Any] = {}
    for decisions in (False, True):
        sums = Sums()
        try:
            rows: Any = rows_of(Run(header, decisions), own, sums)
        except Rejected as fault:
            rows = fault.reason
        found[f"{decisions}"] = {"rows": rows, "sums": json.loads(sums.as_json())}
    return found


# Drawn timelines


def _stories(lines: Path) -> Path:
    """The timelines, kept in a file: they depend on the seed and on constants of the sources."""
    return lines.with_suffix(".stories")


class _Unpickler(pickle.Unpickler):
    """Reads what another version stored; a class that has moved since is found by its name."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of this name, of this module if it is still there."""
        try:
            return super().find_class(module, name)
        except (AttributeError, ModuleNotFoundError):
            own = [each for each in sys.modules.values() if each.__name__.startswith("subsim.") and hasattr(each, name)]
            if not own:
                raise
            return getattr(own[0], name)


def _kept(lines: Path) -> list[Story]:
    with _stories(lines).open("rb") as file:
        stories: list[Story] = _Unpickler(file).load()
    return stories


def _drawn(number: int, of_seed: int) -> list[Story]:
    drawn: list[Story] = []
    if not number:
        return drawn

    @seed(of_seed)
    @settings(max_examples=number, database=None, deadline=None, phases=[Phase.generate])
    @given(stories())
    def keep(story: Story) -> None:
        drawn.append(story)

    keep()
    return drawn


def _line_of_story(story: Story) -> str:
    common = tuple(each for each in story.facts.timeline if isinstance(each, Announcement))
    own = tuple(each for each in story.facts.timeline if not isinstance(each, Announcement))
    header = Header(prices=story.facts.prices, terms=story.terms, until=story.until, announcements=common)
    mixed = evolve(header, announcements=common[:1])
    rest = tuple(each for each in story.facts.timeline if each not in common[:1])
    scenario = loads(as_scenario(story.facts, story.terms, law_choices=story.law_choices), "drawn")
    return _as_line(
        {
            "outcome": story.outcome().to_dict(),
            "answer": story.answer().to_dict(),
            "law": case_of(scenario).law(story.member(), story.answer()).to_dict(),
            "row": _row(header, MemberRecord(member=story.facts.person, timeline=own)),
            "mixed": _row(mixed, MemberRecord(member=story.facts.person, timeline=rest)),
        }
    )


def _as_line(value: Any) -> str:
    return json.dumps(json.loads(msgspec.json.encode(value, enc_hook=str)), ensure_ascii=False, sort_keys=True)


if __name__ == "__main__":
    sys.exit(main())
