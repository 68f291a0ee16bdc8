"""The rows of the ways out by law: their columns, provisions, and the law points that change them."""

from collections.abc import Mapping
from typing import NamedTuple

from subsim.answers.law import Floor, LawWay
from subsim.answers.statutory_ways import cold_call, notice, purchase, withdrawal
from subsim.answers.statutory_ways.question import LawQuestion
from subsim.answers.statutory_ways.rank import which_is_better
from subsim.answers.statutory_ways.rule import Rule
from subsim.basics.enumerations import Better, LawRoute
from subsim.membership.events import Kind
from subsim.terms.law_points import LAW_POINTS, LawReadings, law_readings
from subsim.terms.law_routes import COLD_CALL, LAW_ROUTES, ORDINARY, PURCHASE, WITHDRAWAL
from subsim.terms.statutes import in_order

RULES: dict[LawRoute, Rule] = {
    WITHDRAWAL: withdrawal.RULE,
    ORDINARY: notice.RULE,
    COLD_CALL: cold_call.RULE,
    PURCHASE: purchase.RULE,
}
"""The rule of each row of `LAW_ROUTES`."""


def routes_at_hand(question: LawQuestion) -> list[LawRoute]:
    """The ways out by law that have a row for this agreement."""
    return [route for route in LAW_ROUTES if RULES[route].is_at_hand(question)]


class _Columns(NamedTuple):
    """The two columns of a row, and which of law and contract gives more."""

    sure: Floor
    arguable: Floor
    better: Better

    @property
    def gist(self) -> tuple[object, ...]:
        return self.sure.gist, self.arguable.gist, self.better


def common_rows(
    question: LawQuestion, route: LawRoute, kinds: tuple[Kind, ...], choices: Mapping[str, str]
) -> list[LawWay]:
    """The rows with their points, found once for all agreements that are alike in what the route depends on."""
    depends_on = RULES[route].depends_on(question)
    if depends_on is None:
        return rows_of(question, route, kinds, choices, with_points=True)
    key = "rows", route, kinds, depends_on
    return question.common.kept(key, lambda: rows_of(question, route, kinds, choices, with_points=True))


def rows_of(
    question: LawQuestion, route: LawRoute, kinds: tuple[Kind, ...], choices: Mapping[str, str], with_points: bool
) -> list[LawWay]:
    """The rows of a route: one where it is the same for all kinds, else one for each."""
    contract = RULES[route].of_contract(question)
    if not LAW_ROUTES[route].by_kind:
        found = _columns(question, route, kinds[0], contract, choices)
        return [_row(question, route, None, dict.fromkeys(kinds, found), contract, choices, with_points)]
    columns = {kind: _columns(question, route, kind, contract, choices) for kind in kinds}
    if len({found.gist for found in columns.values()}) == 1:
        return [_row(question, route, None, columns, contract, choices, with_points)]
    return [
        _row(question, route, kind, {kind: found}, contract, choices, with_points) for kind, found in columns.items()
    ]


def _row(
    question: LawQuestion,
    route: LawRoute,
    kind: Kind | None,
    columns: dict[Kind, _Columns],
    contract: Floor,
    choices: Mapping[str, str],
    with_points: bool,
) -> LawWay:
    found = next(iter(columns.values()))
    return LawWay(
        route=route,
        kind=kind,
        contract=contract,
        sure=found.sure,
        arguable=found.arguable,
        better=found.better,
        provisions=in_order([id for each in columns for id in RULES[route].provisions(question, each)]),
        points=tuple(
            point
            for point in LAW_POINTS
            if with_points and _changes(question, route, columns, contract, choices, point)
        ),
    )


def _changes(
    question: LawQuestion,
    route: LawRoute,
    columns: dict[Kind, _Columns],
    contract: Floor,
    choices: Mapping[str, str],
    point: str,
) -> bool:
    """Whether a law point is not set and some reading of it changes the columns."""
    if point in choices:
        return False
    return any(
        _columns(question, route, kind, contract, {**choices, point: reading}).gist != found.gist
        for kind, found in columns.items()
        if point in RULES[route].points(question, kind)
        for reading in LAW_POINTS[point].readings
    )


def _columns(
    question: LawQuestion, route: LawRoute, kind: Kind, contract: Floor, choices: Mapping[str, str]
) -> _Columns:
    sure = _floor(question, route, kind, law_readings("sure", choices), False)
    arguable = _floor(question, route, kind, law_readings("arguable", choices), True)
    return _Columns(sure, arguable, which_is_better(route, contract, sure, arguable))


def _floor(question: LawQuestion, route: LawRoute, kind: Kind, readings: LawReadings, arguable: bool) -> Floor:
    """A column of a row; found once for all readings that say the same of what the row asks."""
    if not question.with_reasons:
        return RULES[route].floor(question, kind, readings, arguable)
    read = question.common.read(RULES[route].points(question, kind), readings)
    key = route, kind if LAW_ROUTES[route].by_kind else None, arguable and route == COLD_CALL, read
    found = question.floors.get(key)
    if found is None:
        found = question.floors[key] = RULES[route].floor(question, kind, readings, arguable)
    return found
