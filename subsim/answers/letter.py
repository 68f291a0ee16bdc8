"""The answer as a letter to the member: what it tells, and whether a letter is still what its file gives."""

import re
from collections.abc import Callable
from typing import Any

from attrs import evolve, frozen

from subsim.answers.can_cancel import Answer, WayOut
from subsim.answers.cheapest_exit import Advice, CheapestExit, cheapest_exit_of
from subsim.answers.letter_check import Check, Order, Part, check_in, check_of, facts_as_json
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, Key, Merge, without_sentences
from subsim.engine import ways
from subsim.engine.changes import CHANGES
from subsim.files.scenario import Scenario
from subsim.membership.member import Member
from subsim.membership.subscription import Subscription
from subsim.terms.readings import ProfileName, Readings, as_choices
from subsim.terms.terms import TERMS_ID, Numbers, as_values


@frozen(kw_only=True)
class Letter:
    """What a letter tells a member: the answer of a day with all ways out, and what it rests on.

    `package` is the one in force on that day, `ended_on` the end of a subscription that has ended; `check` is its
    check line. `contact` holds the member's e-mail and phone, as far as they are known. `several` says whether the
    member has signed up more than one id, `goes_on` whether another subscription lives on for which amounts will fall
    due. `in_window` says whether the way out is that of a bound member, within the days after an announcement.
    """

    order: Order
    member_id: str | None
    name: str | None
    contact: tuple[str, ...]
    package: str | None
    several: bool
    goes_on: bool
    in_window: bool
    ended_on: Day | None
    answer: Answer
    exits: CheapestExit
    profile: ProfileName
    readings: Readings
    numbers: Numbers
    check: Check

    @property
    def taken(self) -> WayOut | None:
        """The way out of the answer; None where there is none or an end stands already."""
        if self.answer.notice_stands:
            return None
        return next((way for way in self.answer.routes if way.open and way.route == self.answer.route), None)

    @property
    def others(self) -> list[WayOut]:
        """The other ways that are open, the soonest first; where an end stands, those that end sooner."""
        standing = self.exits.standing
        before = Day.max if standing is None else standing.ends_on
        ways = [(way.ends_on, way) for way in self.answer.routes if way != self.taken and way.ends_on is not None]
        return [way for end, way in sorted(ways, key=lambda found: found[0]) if end < before]

    @property
    def advice(self) -> Advice | None:
        """The days on which the answer's way out stays the same; with none open, the way that opens first."""
        if self.taken is None:
            return min(self.exits.advice, key=lambda each: (each.first, each.ends_on), default=None)
        today = self.answer.date, self.taken.route
        return next((each for each in self.exits.advice if (each.first, each.route) == today), None)

    @property
    def last_day(self) -> Day | None:
        """The last day of notice for the answer's way out; of an ordinary notice, for its end at its cost.

        None where there is no such day, or where it is not known as yet.
        """
        if self.taken is None or ways.WAYS[self.taken.route].has_last_day:
            return self.taken.give_notice_by if self.taken else None
        if self.advice is None or self.advice.moves_along or self.advice.last == self.exits.until:
            return None
        return self.advice.last


def letter(scenario: Scenario, order: Order) -> Letter:
    """The letter that answers an order as of the end of its date; InputErrors as for `can_cancel`."""
    case = case_of(scenario, order.choice)
    answer = case.answer(order.subscription, order.date, with_law=order.with_law)
    found = cheapest_exit_of(case, order.subscription, order.date)
    member = case.play(order.date)
    subscription = member.by_id.get(order.subscription)
    others = [each for each in member.subscriptions if each is not subscription]
    person = scenario.facts.person
    return Letter(
        order=order,
        member_id=person.id,
        name=person.name,
        contact=tuple(each for each in (person.email, person.phone) if each),
        package=None if subscription is None else subscription.package,
        several=len(member.by_id) > 1,
        goes_on=any(each.is_live and each.notice is None for each in others),
        in_window=subscription is not None and _in_window(member, subscription, answer),
        ended_on=None if subscription is None else subscription.ended_on,
        answer=answer,
        exits=found,
        profile=case.profile,
        readings=case.terms.readings,
        numbers=case.terms.numbers,
        check=check_of(order, _parts(case, order, answer, found)),
    )


def _in_window(member: Member, subscription: Subscription, answer: Answer) -> bool:
    """Whether the answer's way out is through a change that takes effect inside the binding (`opsigelse.2`)."""
    route = answer.route
    if route not in CHANGES or not subscription.is_live:
        return False
    changes = ways.pending(subscription, route)
    found = [(change, ways.way_through(member, subscription, change, answer.date)) for change in changes]
    ending = [change.reaches for change, way in found if way.ends_on == answer.earliest_end]
    return any(reaches is not None and reaches < subscription.binding_ends for reaches in ending[:1])


def _parts(case: Case, order: Order, answer: Answer, found: CheapestExit) -> dict[Part, Any]:
    """What the check is over; what happened after the date of the letter is no part of it."""
    facts = case.scenario.facts
    known = tuple(event for event in facts.timeline if event.date <= order.date)
    return {
        "terms": TERMS_ID,
        "readings": as_choices(case.terms.readings),
        "numbers": as_values(case.terms.numbers),
        "timeline": facts_as_json(evolve(facts, timeline=known)),
        "answer": without_sentences({"answer": answer.without_doubt(), "exits": found.to_dict()}),
    }


# Whether a letter is still what its file gives


@frozen(kw_only=True)
class Verification(JsonObject):
    """What differs between a letter and the one that its file gives now: parts of the check, and the first words.

    `words` are the first block of the letter that reads otherwise, and how it should read; either may be empty.
    """

    order: Order
    parts: tuple[Part, ...]
    words: tuple[str, str] | None

    @property
    def confirmed(self) -> bool:
        """Whether nothing differs."""
        return not self.parts and self.words is None

    @property
    def found(self) -> str | None:
        """The first block of the letter that reads otherwise."""
        return None if self.words is None else self.words[0]

    @property
    def expected(self) -> str | None:
        """How that block should read."""
        return None if self.words is None else self.words[1]

    KEYS = (
        Key("confirmed", "whether nothing differs"),
        Key("differs", "the parts of the check that differ", of="parts"),
        Key("found", "the first words that differ, as the letter has them"),
        Key("expected", "the same as they should be"),
        Merge("order.choice"),
    )


def verify(text: str, scenario: Scenario, written: Callable[[Letter], str]) -> Verification:
    """Compare a letter with the one that its file gives for the same order, as `written` writes it.

    NoCheckLine where the text is no letter. Line breaks and spaces do not count, unless they make a heading or code of
    a sentence, nor among the words the marks and the
    hash, which the parts tell of.
    """
    check = check_in(text)
    anew = letter(scenario, check.order)
    parts = tuple(part for part, mark in anew.check.marks.items() if check.marks.get(part) != mark)
    if not parts and check.sha256 != anew.check.sha256:
        parts = ("hash",)
    found = [block.replace(check.line, anew.check.line) for block in _blocks(text)]
    return Verification(order=check.order, parts=parts, words=_first_difference(found, _blocks(written(anew))))


def _blocks(text: str) -> list[str]:
    """The blocks of a letter, each on one line."""
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
    if text.lstrip().lower().startswith("<!doctype html"):
        return [" ".join(block.split()) for block in blocks if block.strip()]
    return [_indent(block) + _on_one_line(block) for block in blocks if block.strip()]


_MARKER = re.compile(r" {0,3}(#{1,6}\s|[-+*]\s|\d{1,9}[.)]\s|>|=+\s*$|-+\s*$|```|~~~)")
"""What makes a heading, a list or code of a line in Markdown that begins with it."""


def _on_one_line(block: str) -> str:
    """The lines of a block joined by spaces, but for one whose beginning makes something else of it."""
    first, *others = block.strip().splitlines()
    lines = [" ".join(first.split())]
    for line in others:
        lines.append(("\n" if _MARKER.match(line) else " ") + " ".join(line.split()))
    return "".join(lines)


def _indent(block: str) -> str:
    """The white space before a block where Markdown would make code of it."""
    first = block.lstrip("\n")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return indent if len(indent.expandtabs(4)) >= 4 else ""


def _first_difference(found: list[str], expected: list[str]) -> tuple[str, str] | None:
    longest = max(len(found), len(expected))
    pairs = zip(found + [""] * (longest - len(found)), expected + [""] * (longest - len(expected)), strict=True)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)
