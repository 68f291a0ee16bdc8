"""`subsim portfolio run`: the outcome and the invoices of each member, and the sums over all."""

from collections.abc import Callable, Iterator
from typing import Any

from attrs import frozen

from subsim.answers.outcome import Invoice, Refund, SubscriptionOutcome, Totals
from subsim.answers.outcome_of_member import decisions_of
from subsim.membership.facts import FaultInFacts
from subsim.portfolio.columns import DECISION, MONEY, REFUSAL, STATE, WHO, Columns, ListOf, columns_of
from subsim.portfolio.header import Header
from subsim.portfolio.member_columns import exit_through, late_interest
from subsim.portfolio.members import MemberRecord, Reader
from subsim.portfolio.replays import by_cohorts, fault_of_member, halts, reader_under
from subsim.portfolio.run_sheets import Replayed, RunSheets
from subsim.portfolio.sheets import Rows
from subsim.portfolio.summary import summary
from subsim.portfolio.sums import Sums

_TABLES: dict[str, Columns] = {
    "outcomes": {
        **WHO,
        "subscriptions": ListOf(columns_of(SubscriptionOutcome, states=ListOf(STATE))),
        "refunds": ListOf(columns_of(Refund)),
        "refused": ListOf(REFUSAL),
        "totals": dict.fromkeys(Totals(charged=0, paid=0, refunded=0, adjusted=0, interest=0).to_dict(), MONEY),
    },
    "invoices": {**WHO, **columns_of(Invoice, {"starts": "from", "ends": "to"})},
}
_DECISIONS: dict[str, Columns] = {"decisions": {**WHO, **DECISION}}


@frozen
class Run:
    """Replay every member under one header, and write outcomes and invoices as `subsim replay` does."""

    header: Header
    decisions: bool = False

    @property
    def tables(self) -> dict[str, Columns]:
        """The tables: outcomes, invoices, and decisions if asked for."""
        return _TABLES | _DECISIONS if self.decisions else _TABLES

    @property
    def reader(self) -> Reader:
        """The reader of lines under the header."""
        return reader_under(self.header)

    def sheets(self) -> RunSheets:
        """The columns of the members."""
        return RunSheets(self.tables)

    def of_member(self, own: MemberRecord, line: int, sums: Sums) -> Replayed:
        """The member as the last day ends, with his exits at each announcement."""
        header = self.header
        shared = by_cohorts(own, header, self.decisions)
        if shared is not None:
            member, leaving = shared.member, shared.exits
        else:
            announced = [each for each in header.announcements if each.date <= header.until]
            on_the_way = halts(own, header, [*(each.date for each in announced), header.until])
            every = [exit_through(number, each, next(on_the_way)) for number, each in enumerate(announced)]
            member, leaving = next(on_the_way), [each for each in every if each.subscriptions]
        try:
            late = late_interest(member, header.until)
        except FaultInFacts as fault:
            raise fault_of_member(fault) from None
        rows: Rows = {}
        if self.decisions:
            who = {"line": line, "member": member.person.id}
            rows["decisions"] = [who | each.to_dict() for each in decisions_of(member)]
        return Replayed(line, member, late, leaving, rows)

    def summary(self, sums: Sums, rows: Callable[[str], Iterator[dict[str, Any]]]) -> dict[str, Any]:
        """The sums, and the exits at each announcement."""
        return summary(sums, self.header)
