"""A member's story told in a test, and what came of it in words short enough to compare.

An event is a line: the date, the event, then its fields as a scenario file writes them. Amounts are DKK a month.
"""

from attrs import frozen

from subsim.answers.can_cancel import Answer, answer_of
from subsim.answers.outcome import Invoice, Outcome, SubscriptionOutcome
from subsim.api import replay
from subsim.basics.dates import Day
from subsim.basics.enumerations import Route
from subsim.engine.timeline import play
from subsim.files.scenario import Scenario, loads
from subsim.terms.readings import Readings, with_choices
from subsim.terms.terms import Numbers, Terms, with_numbers

PRICES = "mini: 99.00, basis: 149.00, family: 299.00"

ANNA = "2020-01-15 sign_up package: basis"
"""Quarterly from 15 January 2020 by card, joined online; bound until 15 July; may withdraw until 29 January."""
MONTHLY = f"{ANNA}, billing: monthly"
INVOICED = f"{ANNA}, payment: invoice"
SHOP = f"{ANNA}, channel: shop"


@frozen
class Story:
    """A story as far as it was played."""

    scenario: Scenario
    outcome: Outcome

    def of(self, name: str) -> SubscriptionOutcome:
        """The latest subscription of this id."""
        return [each for each in self.outcome.subscriptions if each.id == name][-1]

    @property
    def main(self) -> SubscriptionOutcome:
        """The subscription that a story has if it names none."""
        return self.of("main")

    @property
    def end(self) -> str | None:
        """When the subscription ends, or ended."""
        ends = self.main.ended_on or self.main.ends_on
        return ends.isoformat() if ends else None

    @property
    def states(self) -> list[str]:
        """Its history: `2020-01-15 bound`."""
        return [f"{day} {state}" for day, state in self.main.states]

    @property
    def invoices(self) -> tuple[Invoice, ...]:
        """All lines."""
        return self.outcome.invoices

    @property
    def lines(self) -> list[str]:
        """All lines: `2020-01-15 period 447.00`."""
        return [f"{line['date']} {line['kind']} {line['amount']}" for line in map(Invoice.to_dict, self.invoices)]

    @property
    def covers(self) -> list[str]:
        """What each line is for: `basis 2020-01-15 2020-04-15`."""
        return [f"{line.package} {line.starts} {line.ends}" for line in self.invoices]

    @property
    def paid_on(self) -> list[str]:
        """When each line was paid, or `None`."""
        return [str(line.paid_on) for line in self.invoices]

    @property
    def payments(self) -> list[str]:
        """What came from the member: `2020-01-15 447.00`."""
        return [f"{payment['date']} {payment['amount']}" for payment in (p.to_dict() for p in self.outcome.payments)]

    @property
    def totals(self) -> dict[str, str]:
        """The totals: charged, paid, refunded, owed, interest."""
        return self.outcome.totals.to_dict()

    @property
    def refused(self) -> list[str]:
        """The refused events: `2020-04-15 give_notice opsigelse.2`."""
        return [f"{each.date} {each.event} {each.clause}" for each in self.outcome.refused]

    @property
    def duties(self) -> list[str]:
        """The duties but receipts: `2020-02-29 complaint_decision tvister.2`."""
        return [f"{each.date} {each.duty} {each.clause}" for each in self.outcome.duties if each.duty != "receipt"]

    @property
    def receipts(self) -> list[str]:
        """The days of the receipts."""
        return [str(each.date) for each in self.outcome.duties if each.duty == "receipt"]

    @property
    def effects(self) -> list[str]:
        """The announced changes that took effect: `2020-09-01 price_change`."""
        suffix = "_change_takes_effect"
        found = [each for each in self.outcome.decisions if each.event.endswith(suffix)]
        return [f"{each.date} {each.event.removesuffix('_takes_effect')}" for each in found]

    def ask(self, date: str, name: str = "main") -> Answer:
        """The answer to `can-cancel` as of the end of a date."""
        scenario, day = self.scenario, Day.fromisoformat(date)
        terms = Terms(
            numbers=with_numbers(Numbers(), scenario.numbers),
            readings=with_choices(Readings(), scenario.readings),
            reference_rates=scenario.reference_rates,
        )
        return answer_of(play(scenario.facts, terms, day), name, day)

    def row(self, route: Route, date: str, name: str = "main") -> str:
        """A way out as of a date: `closed`, or its end and the last day of notice, `2020-09-01 by 2020-08-29`."""
        way = next(way for way in self.ask(date, name).routes if way.route == route)
        return f"{way.ends_on} by {way.give_notice_by}" if way.open else "closed"

    def still_to_pay(self, route: Route, date: str) -> str:
        """What a way out still costs as of a date."""
        way = next(way for way in self.ask(date).routes if way.route == route)
        return str(way.to_dict()["still_to_pay"])


def story(
    *events: str,
    until: str | None = None,
    under: str = "",
    numbers: str = "",
    member: str = "",
    prices: str = PRICES,
    rates: str = "",
) -> Story:
    """What comes of these events under other readings, numbers, facts of the member, prices or reference rates.

    Without `until` the story goes on to the last date that it names.
    """
    text = [
        "scenario: a story told in a test",
        f"readings: {{{under}}}",
        f"numbers: {{{numbers}}}",
        f"prices: {{{prices}}}",
        f"member: {{{member}}}",
        f"reference_rates: {{{rates}}}",
        *([f"until: {until}"] if until else []),
        "timeline:",
        *map(_event, events),
    ]
    scenario = loads("\n".join(text))
    return Story(scenario, replay(scenario))


def _event(line: str) -> str:
    date, event, *fields = line.split(" ", 2)
    return "  - {" + ", ".join([f"date: {date}", f"event: {event}", *fields]) + "}"
