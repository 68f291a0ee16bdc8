"""Whether a member can cancel where facts are in doubt: what holds in every world, and on which facts the rest depends.

The contract answers in every possible world. The law and other readings are asked in fewer: along the doubt with the
most days, between two turning points of the answer or two other events, only the first and the last day are asked.
Where both give the same, so do the days between: each date computed from a day moves in one direction with it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, TypeVar

from attrs import evolve

from subsim.answers.can_cancel import (
    OF_DOUBT,
    Answer,
    CaseInDoubt,
    Certain,
    Contested,
    Row,
    WorldCount,
    answer_of,
    cancellation_of,
)
from subsim.answers.displayable import Displayable
from subsim.answers.law import LawAnswer, LawWay
from subsim.answers.law_at_turns import law_at_turns
from subsim.answers.question import Case, NotReplayable
from subsim.answers.runs import is_along_notice, runs_of
from subsim.answers.worlds import InWorlds, ScenarioQuestion, World
from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message, join_messages, join_words
from subsim.basics.values import frozen
from subsim.engine.ways import CLAUSES
from subsim.files.doubts import Assumption, Doubt, Span
from subsim.membership.member import Member
from subsim.terms.readings import single_alternatives
from subsim.terms.terms import reading_words

T = TypeVar("T")
Gist = tuple[bool | None, Day | None, Route | None]
"""Whether, when and how a member can leave; each None where it is not the same in all worlds."""
SureGist = tuple[bool, Day | None, Route | None]
"""The same of one world."""
_ORDER = {route: place for place, route in enumerate(CLAUSES)}
_MOST_CASES_SAID = 4
_MOST_ROWS = 8


@frozen(kw_only=True, repr=False)
class AnswerInDoubt(Displayable):
    """The answer as of the end of `date` in every possible world; `turns` are the days on which it changes."""

    date: Day
    subscription: str
    found: InWorlds[Answer]
    cases: tuple[CaseInDoubt, ...]
    decisive: tuple[str, ...]
    turns: dict[str, list[Day]]
    contested: tuple[Contested, ...]
    by_law: tuple[Answer, ...] = ()
    """Answers with the law in as many worlds as show what it says in all of them; none where it is not asked."""

    def __repr__(self) -> str:
        """Of what and of which day the answer is, how many answers there are, and in how many worlds, in one line."""
        found = f"{len(self.cases)} answers in {self.worlds.possible} worlds"
        return f"<{type(self).__name__} about {self.subscription} on {self.date}: {found}>"

    @property
    def worlds(self) -> WorldCount:
        """How many worlds there are."""
        return self.found.count

    @property
    def certain(self) -> Gist:
        """Whether, when and how, each as far as it is the same in all possible worlds."""
        return _certain(map(_gist, self.found.values()))

    @property
    def because(self) -> Message:
        """What is certain, else what is possible, in one sentence."""
        return self.sentence(self.found.doubts)

    def sentence(self, doubts: Sequence[Doubt]) -> Message:
        """The same by other names of the doubts."""
        return _sentence(self.cases, doubts, self._why_not)

    @property
    def _why_not(self) -> "_WhyNot":
        """What the worlds in which the member cannot leave have in common."""
        states = {answer.state for answer in self.found.values() if not answer.can_cancel}
        if states == {None}:
            return _NO_SUBSCRIPTION
        return _HAS_ENDED if states == {"ended"} else _NO_WAY

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim can-cancel`: each key its value in all possible worlds, null where they differ."""
        answers = self.found.values()
        contested = [other.to_dict() for other in self.contested]
        same = same_in_all([_head(answer) for answer in _changing(answers, _compared_head)])
        ways = zip(*(answer.routes for answer in answers), strict=True)
        laws = [answer.law for answer in self.by_law if answer.law is not None]
        return {
            **same,
            **_cases_as_json(self.worlds, self.certain, self.cases, self.decisive),
            "routes": [same_in_all([way.to_dict() for way in _changing(of_route)]) for of_route in ways],
            **({"law": _same_law(laws)} if laws else {}),
            "because": str(self.because),
            "contested": contested,
        }


def answer_in_doubt(
    asked: ScenarioQuestion, name: str, date: Day, *, wanted: Day | None = None, with_law: bool = True
) -> AnswerInDoubt:
    """The answer in every possible world, and the other readings that change it in some."""
    members: dict[int, Member] = {}

    def answer(case: Case) -> Answer:
        member = case.play(date)
        found = answer_of(member, name, date)
        if wanted is not None:
            from subsim.answers.wanted_end import wanted_end_of  # few callers need it

            found = evolve(found, wanted_end=wanted_end_of(case, name, date, wanted))
        members[id(found)] = member
        return found

    found = asked.each(date, answer)
    runs = list(runs_of(asked, found))
    by_law = law_at_turns(asked, found, members, runs, by_parts=is_along_notice(asked.scenario)) if with_law else []
    return AnswerInDoubt(
        date=date,
        subscription=name,
        found=found,
        cases=cases_of(found),
        decisive=tuple(found.decisive(_gist)),
        turns=turns_of(found),
        contested=tuple(_contested(asked, found, runs)),
        by_law=tuple(by_law),
    )


# What holds in all worlds


def same_in_all(values: Sequence[Any]) -> Any:
    """The common value, null where they differ. Mappings are compared key by key, rows by route and kind."""
    first = values[0]
    if all(value == first for value in values):
        return first
    if all(isinstance(value, dict) for value in values):
        return {
            key: _same_rows([value[key] for value in values])
            if key in _ROWS
            else same_in_all([value[key] for value in values])
            for key in first
            if all(key in value for value in values)
        }
    return None


_ROWS = ("routes", "ways")
"""By list the keys that identify its rows; any other list is one value."""


def _same_rows(lists: Sequence[list[dict[str, Any]]]) -> list[Any]:
    """The rows that all lists have, each as far as it is the same."""
    tables = [{(row["route"], row.get("kind")): row for row in rows} for rows in lists]
    shared = [name for name in tables[0] if all(name in table for table in tables)]
    return [same_in_all([table[name] for table in tables]) for name in shared]


def _compared_head(answer: Answer) -> dict[str, Any]:
    """What `_head` is made of."""
    return {**vars(answer), "routes": None, "law": None}


def _head(answer: Answer) -> dict[str, Any]:
    """The JSON of an answer without its rows and without the keys about all worlds."""
    found = evolve(answer, routes=(), law=None).to_dict()
    return {key: value for key, value in found.items() if key not in OF_DOUBT}


def _same_law(laws: Sequence[LawAnswer]) -> dict[str, Any]:
    """The common part of the law's answers; JSON is made once for each run of equal ones."""
    changing = _changing(laws, lambda law: (law.why_not, law.kinds, law.notes))
    heads = [evolve(law, ways=()).to_dict() for law in changing]
    tables = [{(row.route, row.kind): row for row in law.ways} for law in laws]
    shared = [name for name in tables[0] if all(name in table for table in tables)]
    ways = [_same_way([table[name] for table in tables]) for name in shared]
    return {**same_in_all(heads), "ways": ways}


def _same_way(rows: Sequence[LawWay]) -> dict[str, Any]:
    by_gist = list(_changing(rows, lambda row: (row.gist, row.provisions, row.points)))
    reason = str(rows[0].because)
    is_same = all(row.because == rows[0].because or str(row.because) == reason for row in rows)
    return {**same_in_all([row.to_dict() for row in by_gist]), "because": reason if is_same else None}


def _changing(values: Iterable[T], key: Callable[[T], Any] | None = None) -> Iterator[T]:
    """The first value of each run of equal values."""
    return (next(run) for _, run in groupby(values, key))


def _certain(gists: Iterable[Gist]) -> Gist:
    can_cancel, earliest_end, route = map(set, zip(*gists, strict=True))
    return _only(can_cancel), _only(earliest_end), _only(route)


def _only(values: set[Any]) -> Any:
    return next(iter(values)) if len(values) == 1 else None


# The cases


def cases_as_json(found: InWorlds[Answer]) -> dict[str, Any]:
    """The four keys of JSON about the worlds: how many, what is certain, the cases, and the decisive doubts."""
    certain = _certain(map(_gist, found.values()))
    return _cases_as_json(found.count, certain, cases_of(found), found.decisive(_gist))


def _cases_as_json(
    worlds: WorldCount, certain: Gist, cases: Iterable[CaseInDoubt], decisive: Iterable[str]
) -> dict[str, Any]:
    can_cancel, earliest_end, route = certain
    return {
        "worlds": worlds.to_dict(),
        "certain": Certain(can_cancel=can_cancel, earliest_end=earliest_end, route=route).to_dict(),
        "cases": [case.to_dict() for case in cases],
        "decisive": list(decisive),
    }


def _gist(answer: Answer) -> SureGist:
    return answer.gist


def cases_of(found: InWorlds[Answer]) -> tuple[CaseInDoubt, ...]:
    """The different answers with the facts that give them: the soonest end first, equal ones by the table of routes."""
    cases = []
    for (can_cancel, earliest_end, route), worlds in found.by_key(_gist).items():
        facts = tuple(found.rows(worlds))
        cases.append(CaseInDoubt(facts=facts, can_cancel=can_cancel, earliest_end=earliest_end, route=route))
    return tuple(sorted(cases, key=lambda case: (case.earliest_end or Day.max, _place(case.route))))


def _place(route: Route | None) -> int:
    return len(_ORDER) if route is None else _ORDER[route]


def turns_of(found: InWorlds[Answer]) -> dict[str, list[Day]]:
    """By doubt the days on which the answer differs from that of the day before, all else being equal."""
    keys = {world: answer.gist for world, answer in found.found.items()}
    turns: dict[str, list[Day]] = {}
    for place, doubt in enumerate(found.doubts):
        days: set[Day] = set()
        for world, key in keys.items():
            before = (*world[:place], world[place] - 1, *world[place + 1 :])
            day = doubt.settings[world[place]]
            if isinstance(day, Day) and before in keys and keys[before] != key:
                days.add(day)
        if days:
            turns[doubt.id] = sorted(days)
    return turns


# In words


@frozen
class _WhyNot:
    """What is said where the member cannot leave: in every world, and under some facts."""

    in_no_case: Message
    not_if: Message


_NO_WAY = _WhyNot(Message("in no case: no way out is open"), Message("not at all if {facts}"))
_HAS_ENDED = _WhyNot(
    Message("in no case: the subscription had already ended"), Message("it had already ended if {facts}")
)

_NO_SUBSCRIPTION = _WhyNot(
    Message("in no case: there is no subscription to cancel"), Message("there is no subscription if {facts}")
)


def _sentence(cases: Sequence[CaseInDoubt], doubts: Sequence[Doubt], why_not: _WhyNot) -> Message:
    """What is certain, else what can be, by the names of the doubts."""
    if len(cases) == 1:
        (case,) = cases
        return Message("in any case from {day}", day=case.earliest_end) if case.can_cancel else why_not.in_no_case
    ends = [case.earliest_end for case in cases if case.earliest_end is not None]
    if not ends:
        return why_not.in_no_case
    parts = []
    if len(ends) == len(cases):
        parts.append(Message("in any case from {day}", day=max(ends)))
        cases = [case for case in cases if case.earliest_end != max(ends)]
    if len(cases) > _MOST_CASES_SAID:
        first = cases[0]
        soonest = Message(
            "from {day} at the soonest, if {facts}", day=first.earliest_end, facts=rows_words(first.facts, doubts)
        )
        return join_messages([*parts, soonest])
    for case in cases:
        facts = rows_words(case.facts, doubts)
        if case.can_cancel:
            parts.append(Message("from {day} if {facts}", day=case.earliest_end, facts=facts))
        else:
            parts.append(why_not.not_if.fill(facts=facts))
    return join_messages(parts)


def rows_words(rows: Iterable[Row], doubts: Sequence[Doubt]) -> Message:
    """The facts that give an answer, as a sentence has them after «if»."""
    first, *others = (_row_words(row, doubts) for row in islice(rows, _MOST_ROWS + 1))
    joined = first
    for words in others[: _MOST_ROWS - 1]:
        joined = Message("{facts}, or {others}", facts=joined, others=words)
    return Message("{facts}, or {others}", facts=joined, others="…") if len(others) == _MOST_ROWS else joined


def _row_words(row: Row, doubts: Sequence[Doubt]) -> Message:
    by_id = {doubt.id: doubt for doubt in doubts}
    facts = [_fact_words(by_id[id], fact) for id, fact in row.items()]
    return join_words(facts, "and") if facts else Message("whatever is in doubt")


def _fact_words(doubt: Doubt, fact: Span | Day | bool) -> Message:
    if not isinstance(fact, Span):
        return _assumed_words(doubt.called, fact)
    days = [day for day in doubt.settings if isinstance(day, Day)]
    if fact.first == days[0]:
        return Message("{fact} was by {day}", fact=doubt.called, day=fact.last)
    if fact.last == days[-1]:
        return Message("{fact} was on {day} or later", fact=doubt.called, day=fact.first)
    return _assumed_words(doubt.called, fact)


def assumed_words(doubts: Iterable[Doubt]) -> Message:
    """What is assumed of those of these facts in doubt of which something is, by their names."""
    return join_words([_assumed_words(each.called, each.assumed) for each in doubts if each.assumed is not None], "and")


def _assumed_words(name: Message, fact: Assumption) -> Message:
    match fact:
        case True:
            return Message("{fact} happened", fact=name)
        case False:
            return Message("{fact} did not happen", fact=name)
        case Span():
            return Message("{fact} was from {first} to {last}", fact=name, first=fact.first, last=fact.last)
    return Message("{fact} was on {day}", fact=name, day=fact)


# Under other readings


def _contested(asked: ScenarioQuestion, found: InWorlds[Answer], runs: list[list[World]]) -> Iterator[Contested]:
    """The single other readings that change the answer in some world, with what is certain under each."""
    ends = {id(found.found[world]): world for run in runs for world in (run[0], run[-1])}
    some = next(iter(found.found.values()))
    name, date = some.subscription, some.date
    cases = {world: asked.case(found, world) for world in (*ends.values(), *found.unplayable)}
    asked_points = {world: _points_asked(cases[world], name, date) for world in ends.values()}
    some_case = next(iter(cases.values()))
    numbers = some_case.terms_of(some_case.play(date), name, date).numbers
    for point, reading in single_alternatives(some_case.terms.readings):
        changes, gists, fault = False, set[Gist](), None
        terms = some_case.under(point, reading).terms
        for world, case in cases.items():
            if world in asked_points and point not in asked_points[world]:
                gists.add(found.found[world].gist)
                continue
            try:
                gist = cancellation_of(evolve(case, terms=terms).play(date), name, date).gist
            except NotReplayable as errors:
                fault = fault or errors
                continue
            gists.add(gist)
            changes = changes or (world in found.found and gist != found.found[world].gist)
        if gists and not changes:
            continue
        says = reading_words(point, reading, numbers)
        if gists:
            yield Contested.of(point, reading, says, _certain(gists))
        else:
            yield Contested(point=point, reading=reading, says=says, fault=_text(fault))


def _points_asked(case: Case, name: str, date: Day) -> set[str]:
    """The contested points on which the answer may depend."""
    noting, asked = case.noting()
    cancellation_of(noting.play(date), name, date)
    return asked


def _text(fault: InputErrors | None) -> Message:
    assert fault is not None
    return fault.errors[0].text
