"""Which of two columns of a row is better for the member."""

from subsim.answers.law import Floor
from subsim.basics.dates import Day
from subsim.basics.enumerations import Better, LawRoute
from subsim.terms.law_routes import LAW_ROUTES


def which_is_better(route: LawRoute, contract: Floor, sure: Floor, arguable: Floor) -> Better:
    """Which of contract and law gives more; `depends` where only the arguable column gives more than the contract."""
    by_contract, surely = rank(route, contract), rank(route, sure)
    if surely < by_contract:
        return "law"
    if rank(route, arguable) < by_contract:
        return "depends"
    return "contract" if by_contract < surely else "same"


def is_better(route: LawRoute, one: Floor, other: Floor) -> bool:
    """Whether one row of a route is better for the member than another."""
    return rank(route, one) < rank(route, other)


def rank(route: LawRoute, floor: Floor) -> tuple[object, ...]:
    """The better a row, the smaller its rank: open, then the earlier end, the higher refund, less still to pay.

    Where a route has a last day then the later one; none yet counts as the latest.
    """
    last = 0
    if LAW_ROUTES[route].has_last_day and floor.open:
        last = -(floor.give_notice_by or Day.max).toordinal()
    return (
        not floor.open,
        floor.ends_on or Day.min,
        -(floor.refund or 0),
        floor.still_to_pay or 0,
        last,
    )
