"""A conformance run: each question is asked of the system, judged by clause, and stored at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Literal

from attrs import Factory, asdict, define, field, frozen

from subsim.basics.texts import Message
from subsim.engine.ways import CLAUSES as CLAUSES_OF_WAYS
from subsim.files.scenario import Scenario
from subsim.files.writer import timeline_line
from subsim.terms.clauses import CLAUSES
from subsim.testing.conformance.cases import Kind, Question
from subsim.testing.conformance.systems import NotSupported, System, SystemFault
from subsim.testing.outcomes.comparison import differences
from subsim.testing.outcomes.difference import Difference
from subsim.testing.outcomes.shape import COMPARED, ShapeError
from subsim.testing.reduction import scenario_with_expectations, smallest_of_request
from subsim.testing.request import request_of

Status = Literal["agrees", "differs", "not_supported", "error"]
Judgement = Literal["agrees", "differs", "not_supported"]
JUDGEMENTS: tuple[Judgement, ...] = ("agrees", "differs", "not_supported")
MOST_FAULTS = 5
"""The number of questions in a row without an outcome after which the run stops."""
MOST_TRIES = 80
"""The number of smaller timelines tried for a clause."""


@frozen(kw_only=True)
class Result:
    """The result of one question: the judgement by clause and the differences, or why there is no outcome."""

    id: str
    kind: Kind
    status: Status
    clauses: dict[str, Judgement] = Factory(dict)
    differences: tuple[Difference, ...] = ()
    reason: Message | str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the result, a line of the file of results."""
        return asdict(self) | {"reason": None if self.reason is None else str(self.reason)}

    @property
    def parts_at(self) -> str | None:
        """The clause of the first difference."""
        return self.differences[0].clause if self.differences else None


def result_of(given: Mapping[str, Any]) -> Result:
    """The result of its JSON; KeyError or TypeError where it is none."""
    parts = [Difference(**{**each, "clauses": tuple(each["clauses"])}) for each in given["differences"]]
    return Result(**{**given, "differences": tuple(parts)})


# One question


def judge(question: Question, system: System) -> Result:
    """Ask the system the question, and judge its outcome by clause; an error is a result too."""
    try:
        reply = system.ask(question.request.to_dict())
        if isinstance(reply, NotSupported):
            found = dict.fromkeys(bearing(question.expected), "not_supported")
            return _result(question, "not_supported", clauses=found, reason=reply.reason)
        parts = differences(question.expected, reply)
    except SystemFault as fault:
        return _result(question, "error", reason=fault.text)
    except ShapeError as fault:
        return _result(question, "error", reason=fault.args[0])
    clauses = _by_clause(bearing(question.expected), frozenset(reply) & frozenset(COMPARED), parts)
    return _result(question, "differs" if parts else "agrees", clauses=clauses, differences=tuple(parts[:_MOST_LISTED]))


_MOST_LISTED = 20


def _result(question: Question, status: Status, **more: Any) -> Result:
    return Result(id=question.id, kind=question.kind, status=status, **more)


def _by_clause(found: Mapping[str, "Bearing"], given: frozenset[str], parts: list[Difference]) -> dict[str, Judgement]:
    """The judgement by clause: `differs` for the first difference, `agrees` for clauses with an effect before it.

    Clauses with later effects only are not judged. A clause seen only in parts that the system leaves out is not
    supported.
    """
    first = parts[0] if parts else None
    judged: dict[str, Judgement] = {}
    for clause, bears in found.items():
        if first is not None and clause in first.clauses:
            judged[clause] = "differs"
        elif not bears.shows_in & given:
            judged[clause] = "not_supported"
        elif first is None or (bears.since <= first.date and not any(clause in each.clauses for each in parts)):
            judged[clause] = "agrees"
    for clause in first.clauses if first else ():
        judged[clause] = "differs"
    return judged


@frozen
class Bearing:
    """The first day on which a clause has an effect on an outcome, and the parts of it where that is seen."""

    since: str
    shows_in: frozenset[str]


def _in_order(clauses: Iterable[str]) -> list[str]:
    """The clauses in the order of the terms, then those of the law in their own."""
    names = list(clauses)
    return sorted(names, key=lambda name: (_PLACES.get(name, len(_PLACES)), names.index(name)))


_PLACES = {clause: place for place, clause in enumerate(CLAUSES)}
_OF_DECISIONS = frozenset({"subscriptions", "decisions", "invoices"})
_OF_REFUSALS = frozenset({"subscriptions", "decisions", "invoices", "refused"})


def bearing(outcome: Mapping[str, Any]) -> dict[str, Bearing]:
    """The clauses with an effect on an outcome, in the order of the terms."""
    found: dict[str, Bearing] = {}
    for clause, since, parts in _bearings(outcome):
        known = found.get(clause, Bearing(since, frozenset()))
        found[clause] = Bearing(min(known.since, since), known.shows_in | parts)
    return {clause: found[clause] for clause in _in_order(found)}


def _bearings(outcome: Mapping[str, Any]) -> Iterator[tuple[str, str, frozenset[str]]]:
    until: str = outcome["until"]
    for each in outcome["decisions"]:
        yield each["clause"], each["date"], _OF_REFUSALS if each["verdict"] == "refused" else _OF_DECISIONS
    for part in ("invoices", "refunds", "duties"):
        for each in outcome[part]:
            yield each["clause"], each.get("date") or until, frozenset({part})
    for each in outcome["subscriptions"]:
        yield "betaling.5", each["registered_on"], frozenset({"subscriptions"})
        for clause in CLAUSES_OF_WAYS.get(each["end_reason"], ()):
            yield clause, each["ended_on"], _OF_DECISIONS
    for answer in outcome["answers"]:
        for clause in (*answer["clauses"], *(clause for way in answer["routes"] for clause in way["clauses"])):
            yield clause, answer["date"], frozenset({"answers"})


# All of them


@define(eq=False)
class Run:
    """A run and its `results` so far, with those of an earlier run that it continues."""

    system: System
    keep: Callable[[Result], None]
    results: dict[str, Result] = Factory(dict)
    smallest: dict[str, "Smallest"] = Factory(dict)
    stopped: Message | None = None
    _failed: dict[str, list[Question]] = field(factory=dict)

    def ask(self, questions: Iterable[Question], tell: Callable[[int], None]) -> None:
        """Ask the questions without a result, and those that ended in an error; stop after `MOST_FAULTS` faults."""
        in_a_row = 0
        for question in questions:
            known = self.results.get(question.id)
            if known is None or known.status == "error":
                known = judge(question, self.system)
                self.results[question.id] = known
                self.keep(known)
                in_a_row = in_a_row + 1 if known.status == "error" else 0
            if known.parts_at is not None:
                self._failed.setdefault(known.parts_at, []).append(question)
            tell(len(self.results))
            if in_a_row == MOST_FAULTS:
                self.stopped = Message("the system gave no outcome for {number} cases in a row", number=MOST_FAULTS)
                return

    def reduce(self) -> Iterator["Smallest"]:
        """For each clause with a difference the smallest scenario found, one after the other."""
        for clause in _in_order(self._failed):
            question = min(self._failed[clause], key=lambda each: len(each.request.case.scenario.facts.timeline))
            kept = smallest_of_request(question.request, partial(self._parts_at, clause), MOST_TRIES)
            found = Smallest(clause, timeline_line(kept.facts), scenario_with_expectations(kept))
            self.smallest[clause] = found
            yield found

    def _parts_at(self, clause: str, scenario: Scenario) -> bool:
        request = request_of(scenario, id="smallest")
        return judge(Question("random", request, request.expected()), self.system).parts_at == clause


@frozen
class Smallest:
    """The smallest scenario found with a difference at a clause, in one line and as a file."""

    clause: str
    line: str
    text: str


# What came of it


@frozen
class Conformance:
    """A whole run, with its results by modelled clause."""

    system: str
    results: tuple[Result, ...]
    smallest: dict[str, Smallest]
    stopped: Message | None = None

    def count(self, status: Status) -> int:
        """The number of questions with this status."""
        return sum(1 for each in self.results if each.status == status)

    def by_clause(self) -> dict[str, dict[Judgement, int]]:
        """By clause, in how many cases the system agrees, differs, or does not support it; 0 throughout: not asked."""
        found = {clause.id: dict.fromkeys(JUDGEMENTS, 0) for clause in CLAUSES.values() if clause.modelled}
        for result in self.results:
            for clause, judgement in result.clauses.items():
                found.setdefault(clause, dict.fromkeys(JUDGEMENTS, 0))[judgement] += 1
        return found

    @property
    def errors(self) -> list[Result]:
        """The questions to which the system gave no outcome."""
        return [each for each in self.results if each.status == "error"]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim conformance`."""
        return {
            "system": self.system,
            "cases": len(self.results),
            **{status: self.count(status) for status in ("agrees", "differs", "not_supported")},
            "errors": len(self.errors),
            "stopped": None if self.stopped is None else str(self.stopped),
            "clauses": [{"clause": clause, **counts} for clause, counts in self.by_clause().items()],
            "smallest": {clause: each.text for clause, each in self.smallest.items()},
            "results": [each.to_dict() for each in self.results],
        }
