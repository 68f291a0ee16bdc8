"""The coverage of the model by scenarios: clauses, contested points and readings, transitions and routes.

A case, that is a scenario or one of its variants, exercises

- a *point*, if another reading of it gives another outcome or another answer to a question, sentences apart; and the
  *reading* under which the case runs;
- a *clause* that is named by a decision, line, refund or duty of its outcome, by the way in which a subscription ends,
  by an answer, by a way out that a question names, or by a point that it exercises; a clause that none of these can
  name is exercised where its effect is seen;
- a *transition* of the state machine that one of its subscriptions makes;
- a *route* as taken if a subscription ends or is to end by it, and as open or closed if a question names it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Literal, get_args

from attrs import Attribute, Factory, asdict, frozen

from subsim.answers.can_cancel import Answer, answer_of
from subsim.answers.outcome import Outcome
from subsim.answers.question import Case, case_of
from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.basics.faults import InputErrors
from subsim.engine.changes import CHANGES
from subsim.engine.ways import CLAUSES as CLAUSES_OF_WAYS
from subsim.engine.ways import is_withdrawal
from subsim.files.expectation import Ask
from subsim.files.scenario import Scenario, Variant
from subsim.membership.deadlines import TRANSITION_BY, takes_effect
from subsim.membership.events import (
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    Complain,
    Event,
    GiveNotice,
    SignUp,
    Suspend,
)
from subsim.membership.member import Member
from subsim.membership.owed import PERIOD
from subsim.membership.phases import TRANSITIONS, Phase, Transition
from subsim.membership.rulings import Decision
from subsim.membership.subscription import Subscription
from subsim.membership.ways import OPERATOR
from subsim.rules.operator_termination import outlasts_the_end
from subsim.rules.service_change import needs_urgency
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.terms.clauses import CLAUSES
from subsim.terms.readings import POINTS, as_choices, single_alternatives

Kind = Literal["clauses", "points", "readings", "transitions", "routes"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@frozen
class Coverage:
    """By kind every modelled item, with the files that exercise it in the order of the run."""

    files: dict[Kind, dict[str, list[str]]] = Factory(
        lambda: {kind: {name: [] for name in items(kind)} for kind in KINDS}
    )

    def missing(self, kind: Kind) -> list[str]:
        """The items that no file exercises."""
        return [item for item, files in self.files[kind].items() if not files]

    def exercised(self, kind: Kind) -> int:
        """The number of items of a kind that some file exercises."""
        return len(self.files[kind]) - len(self.missing(kind))

    def to_dict(self) -> dict[str, dict[str, list[str]]]:
        """The JSON of `coverage` in `run`."""
        return {kind: dict(items) for kind, items in self.files.items()}

    def count(self, kind: Kind, item: str, file: str) -> None:
        """Note that a file exercises an item; items that are not modelled are ignored."""
        files = self.files[kind].get(item)
        if files is not None and file not in files:
            files.append(file)


def coverage(scenarios: Iterable[Scenario], choice: TermsChoice = OWN_TERMS) -> Coverage:
    """The coverage by the cases of these scenarios, under the same terms as for `check`; a faulty case is skipped."""
    covered = Coverage()
    for scenario in scenarios:
        for variant in (None, *scenario.variants):
            for case in _cases(scenario, choice, variant):
                for kind, item in exercised(case):
                    covered.count(kind, item, scenario.source)
    return covered


def _cases(scenario: Scenario, choice: TermsChoice, variant: Variant | None) -> Sequence[Case]:
    """The case of a scenario or variant, or where facts are in doubt those of its possible worlds."""
    if not scenario.assuming({}, variant).is_in_doubt:
        return [case_of(scenario, choice, variant)]
    from subsim.answers.worlds import ScenarioQuestion  # few files are in doubt

    try:
        return (
            ScenarioQuestion.of(scenario, choice, variant).each(scenario.until_of(variant), lambda case: case).values()
        )
    except InputErrors:
        return []


def exercised(case: Case, points: Iterable[str] | None = None) -> list[tuple[Kind, str]]:
    """The items that one case exercises, each once; none where it cannot be replayed.

    With `points` only these contested points are tried.
    """
    played = _played(case)
    if played is None:
        return []
    return list(dict.fromkeys(_exercised(played, list(_points(played, points)))))


def points_of_clause(clause: str) -> list[str]:
    """The contested points about a clause."""
    return [name for name, point in POINTS.items() if clause in point.clauses]


def items(kind: Kind) -> list[str]:
    """Every modelled item of a kind."""
    names: dict[Kind, Callable[[], Iterable[str]]] = {
        "clauses": lambda: (clause.id for clause in CLAUSES.values() if clause.modelled),
        "points": lambda: POINTS,
        "readings": lambda: (f"{point.name}={reading}" for point in POINTS.values() for reading in point.readings),
        "transitions": lambda: (
            _transition(phase, move, target)
            for phase, moves in TRANSITIONS.items()
            for move, targets in moves.items()
            for target in targets
        ),
        "routes": lambda: (f"{route} {how}" for route in CLAUSES_OF_WAYS for how in _ways_to_meet(route)),
    }
    return list(names[kind]())


def _ways_to_meet(route: str) -> tuple[str, ...]:
    return ("taken",) if route == OPERATOR else ("taken", "open", "closed")


# One case


@frozen
class _ReplayedCase:
    """A case that was replayed; `answers` are those to its questions, in order."""

    case: Case
    member: Member
    outcome: Outcome
    answers: tuple[Answer, ...]

    @property
    def asks(self) -> tuple[Ask, ...]:
        return _asks(self.case)

    def events(self) -> Iterator[Event]:
        return (event for event in self.case.scenario.facts.timeline if event.date <= self.outcome.until)

    def routes_taken(self) -> list[Route]:
        taken = {sub.end_reason or (sub.notice and sub.notice.route) for sub in self.member.subscriptions}
        return [route for route in CLAUSES_OF_WAYS if route in taken]

    def without_sentences(self) -> tuple[object, ...]:
        """The outcome and the answers without sentences."""
        outcome = self.outcome
        return (
            *(outcome.subscriptions, outcome.invoices, outcome.payments, outcome.refunds, outcome.duties),
            [(each.date, each.event, each.subscription, each.clause, each.verdict) for each in outcome.decisions],
            [
                (each.earliest_end, each.route, [asdict(way, filter=_no_words) for way in each.routes])
                for each in self.answers
            ],
        )


def _no_words(attribute: "Attribute[Any]", _value: object) -> bool:
    return attribute.name != "because"


def _asks(case: Case) -> tuple[Ask, ...]:
    return case.scenario.asks if case.variant is None else case.variant.asks


def _played(case: Case) -> _ReplayedCase | None:
    """The replay of a case; None where it has faults."""
    until = case.scenario.until_of(case.variant)
    try:
        answers = (answer_of(case.play(ask.date), ask.subscription, ask.date) for ask in _asks(case))
        return _ReplayedCase(case, case.play(until), case.outcome(until), tuple(answers))
    except InputErrors:
        return None


def _points_asked(case: Case) -> set[str]:
    """The contested points that the replays and the answers of a case ask for."""
    noting, asked = case.noting()
    noting.play(case.scenario.until_of(case.variant))
    for ask in _asks(case):
        answer_of(noting.play(ask.date), ask.subscription, ask.date)
    return asked


def _points(played: _ReplayedCase, tried: Iterable[str] | None = None) -> Iterator[str]:
    """The points that the case exercises, of these; a reading under which it cannot be replayed does not count."""
    result, names = played.without_sentences(), _points_asked(played.case)
    names = names if tried is None else names & set(tried)
    for point, others in groupby(single_alternatives(played.outcome.readings), key=lambda other: other[0]):
        if point not in names:
            continue
        otherwise = (_played(played.case.under(*other)) for other in others)
        if any(other is not None and other.without_sentences() != result for other in otherwise):
            yield point


def _exercised(played: _ReplayedCase, points: list[str]) -> Iterator[tuple[Kind, str]]:
    chosen = as_choices(played.outcome.readings)
    for point in points:
        yield "points", point
        yield "readings", f"{point}={chosen[point]}"
    for clause in _clauses(played, points):
        yield "clauses", clause
    for subscription, decisions in _lives(played.member):
        for transition in _transitions(subscription, decisions):
            yield "transitions", transition
    for route in _routes(played):
        yield "routes", route


# Clauses


def _clauses(played: _ReplayedCase, points: list[str]) -> Iterator[str]:
    outcome = played.outcome
    yield from (decision.clause for decision in outcome.decisions)
    yield from (line.clause for line in outcome.invoices)
    yield from (refund.clause for refund in outcome.refunds)
    yield from (duty.clause for duty in outcome.duties)
    for route in played.routes_taken():
        yield from CLAUSES_OF_WAYS[route]
    for ask, answer in zip(played.asks, played.answers, strict=True):
        yield from answer.clauses
        for way in answer.routes:
            if way.route in ask.expect.get("routes", ()):
                yield from way.clauses
    for point in points:
        yield from POINTS[point].clauses
    for clause, shows in _EFFECTS.items():
        if shows(played):
            yield clause


def _pays_otherwise_than_by_card(played: _ReplayedCase) -> bool:
    return played.member.ledger.method.kind != "card"


def _suspended_in_arrears(played: _ReplayedCase) -> bool:
    suspended = [
        each.date for each in played.outcome.decisions if each.event == Suspend.name and each.verdict == "accepted"
    ]
    return any(played.member.ledger.has_been_overdue(0, day, day) for day in suspended)


def _charged_at_a_changed_price(played: _ReplayedCase) -> bool:
    changed: dict[str | None, Day] = {}
    for each in played.outcome.decisions:
        if each.event == takes_effect(AnnouncePriceChange.kind):
            changed.setdefault(each.subscription, each.date)
    return any(
        line.kind == PERIOD and line.subscription in changed and changed[line.subscription] <= line.date
        for line in played.outcome.invoices
    )


def _urgent_and_short(played: _ReplayedCase) -> bool:
    terms = played.case.terms
    return any(isinstance(event, AnnounceServiceChange) and needs_urgency(event, terms) for event in played.events())


def _left_because_of_a_change(played: _ReplayedCase) -> bool:
    return any(route in CHANGES for route in played.routes_taken())


def _purchase_outlasts_the_operators_end(played: _ReplayedCase) -> bool:
    member = played.member
    ends = {sub.id: sub.ended_on for sub in member.subscriptions if sub.end_reason == OPERATOR and sub.ended_on}
    return any(
        line.subscription in ends and outlasts_the_end(line, ends[line.subscription]) for line in member.ledger.lines
    )


def _terms_change_on_the_website(played: _ReplayedCase) -> bool:
    return any(isinstance(event, AnnounceTermsChange) and "website" in event.via for event in played.events())


def _complained(played: _ReplayedCase) -> bool:
    return any(isinstance(event, Complain) for event in played.events())


def _expects_retention_by_the_terms(played: _ReplayedCase) -> bool:
    """Whether the terms' part on personal data applies, and the case has an expectation on retention."""
    scenario, variant = played.case.scenario, played.case.variant
    asked = scenario if variant is None else variant
    expects = any("retention" in each for each in (asked.expect, *(ask.expect for ask in asked.asks)))
    return scenario.policy is not None and scenario.policy.agreement != "none" and expects


_EFFECTS: dict[str, Callable[[_ReplayedCase], bool]] = {
    "adgang.16": _pays_otherwise_than_by_card,
    "betaling.3": _suspended_in_arrears,
    "priser.2": _charged_at_a_changed_price,
    "proevetilbud.4": _urgent_and_short,
    "opsigelse.1b": _left_because_of_a_change,
    "annullering.1b": _purchase_outlasts_the_operators_end,
    "aendringer.2": _terms_change_on_the_website,
    "tvister.1": _complained,
    "persondata.opbevaring.1": _expects_retention_by_the_terms,
    "persondata.opbevaring.2": _expects_retention_by_the_terms,
    "persondata.opbevaring.3": _expects_retention_by_the_terms,
}
"""The clauses whose effect is seen in decisions under other clauses, with the test for it."""


# Transitions


def _lives(member: Member) -> Iterator[tuple[Subscription, list[Decision]]]:
    """Every subscription with the decisions that made a transition; an id may be signed up again after its end."""
    for subscription in member.subscriptions:
        lives = [sub for sub in member.subscriptions if sub.id == subscription.id]
        moved = [each for each in member.decisions if each.subscription == subscription.id and _is_move(each)]
        begins = [index for index, each in enumerate(moved) if each.event == SignUp.name] + [len(moved)]
        life = lives.index(subscription)
        yield subscription, moved[begins[life] : begins[life + 1]]


def _is_move(decision: Decision) -> bool:
    return decision.event in TRANSITION_BY and decision.ruling.verdict != "refused"


def _transitions(subscription: Subscription, decisions: list[Decision]) -> Iterator[str]:
    phase: Phase | None = None
    for day, move in _moves(subscription, decisions):
        target = _target(subscription, TRANSITIONS[phase][move], day)
        yield _transition(phase, move, target)
        phase = target


def _moves(subscription: Subscription, decisions: list[Decision]) -> Iterator[tuple[Day, Transition]]:
    """The transitions that the decisions made; the last one of an ended subscription is its end."""
    for each in decisions[:-1]:
        yield each.date, TRANSITION_BY[each.event]
    day, event = decisions[-1].date, decisions[-1].event
    if subscription.is_live or (event == GiveNotice.name and not is_withdrawal(subscription.end_reason)):
        yield day, TRANSITION_BY[event]
    if not subscription.is_live:
        yield day, Transition.END


def _target(subscription: Subscription, targets: tuple[Phase, ...], day: Day) -> Phase:
    """The phase after a transition: that of the history, or by the calendar if another one followed on the same day."""
    phase = next(start.phase for start in reversed(subscription.states) if start.day <= day)
    if phase in targets:
        return phase
    return targets[0] if len(targets) == 1 else subscription.phase_without_notice(day)


def _transition(phase: Phase | None, move: Transition, target: Phase) -> str:
    return f"{'[*]' if phase is None else phase.value} --> {target.value}: {move.value}"


# Routes


def _routes(played: _ReplayedCase) -> Iterator[str]:
    for route in played.routes_taken():
        yield f"{route} taken"
    for ask, answer in zip(played.asks, played.answers, strict=True):
        named = ask.expect.get("routes", ())
        for way in answer.routes:
            if way.route in named or way.route == ask.expect.get("route"):
                yield f"{way.route} {'open' if way.open else 'closed'}"
