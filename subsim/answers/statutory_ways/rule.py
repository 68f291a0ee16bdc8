"""What each way out by law says of itself."""

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from subsim.answers.law import Floor
from subsim.answers.statutory_ways.question import CLOSED, LawQuestion
from subsim.membership.events import Kind
from subsim.terms.law_points import LawReadings


class Rule(NamedTuple):
    """How a way out by law is found: its column, its provisions and the law points that it asks, for a kind.

    `of_contract` is the contract's side of its row. It has a row where it `is_at_hand`; where it may not be open by any
    reading, `may_be_open` says so at less cost. Agreements that are alike in what it `depends_on` have the same rows;
    None where that is not worth finding out.
    """

    floor: Callable[[LawQuestion, Kind, LawReadings, bool], Floor]
    provisions: Callable[[LawQuestion, Kind], Iterable[str]]
    points: Callable[[LawQuestion, Kind], tuple[str, ...]] = lambda _question, _kind: ()
    of_contract: Callable[[LawQuestion], Floor] = lambda _question: CLOSED
    is_at_hand: Callable[[LawQuestion], bool] = lambda _question: True
    may_be_open: Callable[[LawQuestion], bool] = lambda _question: True
    depends_on: Callable[[LawQuestion], Hashable | None] = lambda _question: None
