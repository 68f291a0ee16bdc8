"""Every table over a closed list has exactly the members of the list, so that a new member cannot be left out."""

from collections.abc import Collection
from typing import Any, get_args

import pytest

from subsim.answers.statutory_ways import notice, rows
from subsim.basics.enumerations import BETTER, Better, DutyName, LineKind, Route, State
from subsim.desk.words import _ROWS, CHOICES, EVENT_NAMES, FIELDS
from subsim.drawing.canvas import _fills
from subsim.drawing.lanes import DRAWN_AS
from subsim.engine import labels
from subsim.engine.changes import CHANGES
from subsim.engine.decisions import MEMBER_RULES, SUBSCRIPTION_RULES
from subsim.engine.ways import CLAUSES, END_REASONS, GROUNDS, WAYS
from subsim.exploring.alphabet import ALPHABET
from subsim.files.annotations import EndReasonName, RouteName, RouteTaken
from subsim.files.keys import keys_in_timeline, keys_of, kind_of
from subsim.files.kinds import EnumKind, NullableKind
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.deadlines import DEADLINES, takes_effect
from subsim.membership.events import (
    EVENTS,
    KINDS,
    NO_CAUSE,
    Announcement,
    Billing,
    Channel,
    GiveNotice,
    Ground,
    Kind,
    Payment,
    Reason,
)
from subsim.membership.owed import ACCELERATED, DUTIES, LINES
from subsim.membership.phases import PHASES, STATES, TRANSITIONS, Phase
from subsim.portfolio import generate, plots
from subsim.portfolio.retention import _LISTS
from subsim.portfolio.retention_page import LISTS
from subsim.retention import labels as retention_labels
from subsim.retention.ends import _FACTS
from subsim.retention.facts import _BY_MEMBER
from subsim.rules.operator_termination import CAUSES
from subsim.terms.law_routes import LAW_ROUTES
from subsim.terms.policies import RIGHTS, Action, FactName
from subsim.terms.statutes import STANDINGS, Standing


def words_of(name: Any) -> tuple[str, ...]:
    """The words that a file may write for a name of this kind."""
    kind = kind_of(name)
    assert isinstance(kind, EnumKind)
    return kind.words


def _with(word: str) -> list[str]:
    """The events that say this of themselves."""
    return [name for name, event in EVERY_EVENT.items() if word in vars(event)]


def _fields() -> set[str]:
    """The fields of all events, apart from the word that says which one it is."""
    return {key for event in EVERY_EVENT.values() for key in keys_in_timeline(event)} - {"event"}


def _words_to_choose() -> set[tuple[str, str]]:
    """Each field of an event that takes one word of a list, with each of the words."""
    kinds = [(name, key.kind) for event in EVERY_EVENT.values() for name, key in keys_of(event).items()]
    words = [(name, kind.kind if isinstance(kind, NullableKind) else kind) for name, kind in kinds if name != "event"]
    return {(name, word) for name, kind in words if isinstance(kind, EnumKind) for word in kind.words}


TABLES: dict[str, tuple[Collection[object], Collection[object]]] = {
    "the clauses of the routes": (CLAUSES, {*WAYS, "operator"}),
    "the labels of the routes": (labels.ROUTES, {*WAYS, "operator"}),
    "the routes that a question may expect": (words_of(RouteName), WAYS),
    "the routes that an answer may take": (words_of(RouteTaken), {*WAYS, "operator"}),
    "the grounds of a notice": (words_of(Ground), GROUNDS),
    "the ways that a notice or a withdrawal takes": ({*GROUNDS, "withdrawal"}, WAYS),
    "the reasons of an end": (END_REASONS, {*WAYS, "operator", *CAUSES}),
    "the reasons that a file may expect": (words_of(EndReasonName), END_REASONS),
    "the reasons that a termination may have": (words_of(Reason), {NO_CAUSE, *CAUSES}),
    "the clauses of the lines that fall due early": (
        LINES[ACCELERATED].clauses,
        {cause.clause for cause in CAUSES.values()},
    ),
    "the labels of the reasons": (labels.END_REASONS, END_REASONS),
    "the fills of the reasons in a chart": (plots._REASONS, END_REASONS),
    "the ways through a change": (CHANGES, {event.kind for event in get_args(Announcement)}),
    "the ends that a member brings about": (_BY_MEMBER, WAYS),
    "the labels of the phases": (PHASES, list(Phase)),
    "the states that a file may expect": (words_of(State), [phase.value for phase in Phase]),
    "the fillings of the phases in a picture": ({*_fills()} & {*STATES}, {*STATES} - {Phase.ENDED.value}),
    "the boxes and bars of the lines in a picture": (DRAWN_AS, LINES),
    "the phases in the table of transitions": (TRANSITIONS, {None, *Phase}),
    "the lines that a file may expect": (words_of(LineKind), LINES),
    "the duties that a file may expect": (words_of(DutyName), DUTIES),
    "the deadlines of the changes": ({*map(takes_effect, CHANGES)} & {*DEADLINES}, [*map(takes_effect, CHANGES)]),
    "the labels of the kinds": (KINDS, get_args(Kind)),
    "the labels of what is better": (BETTER, get_args(Better)),
    "the labels of how far a provision binds": (STANDINGS, get_args(Standing)),
    "the rules of the ways out by law": (rows.RULES, LAW_ROUTES),
    "the labels of the events": (labels.EVENTS, EVENTS),
    "the rules of the events": ({*MEMBER_RULES, *SUBSCRIPTION_RULES}, EVENTS),
    "the events with a label": (_with("label"), EVERY_EVENT),
    "the events that a sentence can speak of": (_with("the"), EVERY_EVENT),
    "the events with other words for them": (_with("synonyms"), EVENTS),
    "the events that say what they are when left out": (_with("left_out"), EVENTS),
    "the labels of the fields of events": (FIELDS, _fields()),
    "the words with a label in the forms of events": (
        [(field, word) for field, word in _words_to_choose() if word in CHOICES or word in _ROWS.get(field, ())],
        _words_to_choose(),
    ),
    "the labels of the grounds at the desk": (_ROWS["ground"], GROUNDS),
    "the labels of the reasons at the desk": (_ROWS["reason"], CAUSES),
    "the labels of the kinds at the desk": (_ROWS["kind"], KINDS),
    "the names of events at the desk": (EVENT_NAMES, EVERY_EVENT),
    "the labels of the ways out by law": (labels.LAW_ROUTES, LAW_ROUTES),
    "the readings asked for a notice by law": (notice.POINTS_BY_KIND, get_args(Kind)),
    "the lists of disposals with a title": (LISTS, _LISTS),
    "the kinds of agreement that are generated": (generate.KINDS, KINDS),
    "the billings that are generated": (generate.BILLING, get_args(Billing)),
    "the payments that are generated": (generate.PAYMENT, get_args(Payment)),
    "the channels that are generated": (generate.CHANNELS, get_args(Channel)),
    "the labels of the rights": (retention_labels.RIGHTS, RIGHTS),
    "the labels of the actions": (retention_labels.ACTIONS, get_args(Action)),
    "the labels of the facts of a policy": (_FACTS, get_args(FactName)),
    "the events that are explored": ({each.kind for each in ALPHABET}, EVENTS.values()),
    "the grounds that are explored": (
        {each.fields.get("ground") for each in ALPHABET if each.kind is GiveNotice},
        {None, *GROUNDS},
    ),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_exactly_the_members_of_its_list(table: str) -> None:
    found, members = TABLES[table]
    assert set(found) == set(members)


def test_no_event_has_two_rules() -> None:
    assert set(MEMBER_RULES) & set(SUBSCRIPTION_RULES) == set()


@pytest.mark.parametrize("route", WAYS)
def test_a_notice_by_a_way_is_refused_under_its_own_clauses_or_that_of_the_binding(route: Route) -> None:
    assert WAYS[route].clauses
    assert set(WAYS[route].refused_by) <= {*WAYS[route].clauses, "opsigelse.2"}
