"""Whether any two readings of different points together break a property that holds under every reading.

A property is a function of a replay. It returns what is wrong, or None.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, product

from attrs import evolve, frozen

from subsim.answers.can_cancel import cancellation_of
from subsim.basics.dates import Day, months
from subsim.basics.json_object import JsonObject, Key
from subsim.engine.timeline import play
from subsim.engine.ways import ways_out
from subsim.exploring.walk import Progress, ignore
from subsim.files.writer import scenario_text
from subsim.membership.deadlines import END_TAKES_EFFECT
from subsim.membership.events import GiveNotice
from subsim.membership.facts import Facts
from subsim.membership.member import Member
from subsim.membership.owed import PERIOD
from subsim.membership.phases import Phase
from subsim.membership.subscription import Subscription
from subsim.rules.termination import ORDINARY
from subsim.terms.readings import POINTS, profile, with_choices
from subsim.terms.terms import Terms

Property = Callable[[Facts, Member, Day], str | None]


@frozen
class Contradiction(JsonObject):
    """A property that a timeline does not have under two readings, named in `choices` by point."""

    choices: dict[str, str]
    claim: str
    what: str
    facts: Facts
    until: Day

    @property
    def terms(self) -> Terms:
        """The terms under those readings."""
        return _terms(self.choices)

    @property
    def scenario(self) -> str:
        """The timeline as the text of a scenario file."""
        return scenario_text(self.facts, self.terms, sentence=self.claim, until=self.until)

    KEYS = (
        Key("readings", "the two readings, by point", of="choices"),
        Key("property", "the name of the property", of="claim"),
        Key("what", "what is wrong"),
        Key("scenario", "the timeline as the text of a scenario file"),
    )


@frozen
class PairComparison(JsonObject):
    """How many pairs of readings were tried on how many timelines each, and the contradictions found."""

    pairs: int
    timelines: int
    contradictions: tuple[Contradiction, ...]

    KEYS = (
        Key("pairs", "how many pairs of readings"),
        Key("timelines", "how many timelines under each"),
        Key("contradictions", "what was found"),
    )


def compare(timelines: Sequence[Facts], until: Day, progress: Progress = ignore) -> PairComparison:
    """Replay every timeline under every pair of readings, the other points as in the profile `standard`.

    Each is judged at the end of its last day and at the end of `until`.
    """
    pairs = list(pairs_of_readings())
    found: list[Contradiction] = []
    for choices in pairs:
        terms = _terms(choices)
        for facts in timelines:
            for day in (facts.timeline[-1].date, until):
                found += (Contradiction(choices, name, what, facts, day) for name, what in broken(facts, terms, day))
        progress(2 * len(timelines))
    return PairComparison(len(pairs), len(timelines), tuple(found))


def _terms(choices: dict[str, str]) -> Terms:
    return Terms(readings=with_choices(profile("standard"), choices))


def pairs_of_readings() -> Iterator[dict[str, str]]:
    """Every pair of readings of two different points, by point, in the order of `POINTS`."""
    for one, other in combinations(POINTS.values(), 2):
        for reading, other_reading in product(one.readings, other.readings):
            yield {one.name: reading, other.name: other_reading}


def broken(facts: Facts, terms: Terms, day: Day) -> Iterator[tuple[str, str]]:
    """The name of each property that the timeline breaks at the end of `day`, and what is wrong."""
    member = play(facts, terms, day)
    for name, holds in PROPERTIES.items():
        wrong = holds(facts, member, day)
        if wrong is not None:
            yield name, wrong


# The properties


def ordinary_end_is_free(facts: Facts, member: Member, day: Day) -> str | None:
    """An ordinary notice never ends a subscription inside its binding."""
    for subscription in member.subscriptions:
        end = subscription.ended_on if subscription.end_reason == ORDINARY else _end_of_notice(subscription, ORDINARY)
        if end is not None and end < subscription.binding_ends:
            return f"{subscription.id} ends on {end}, bound until {subscription.binding_ends}"
    return None


def money_adds_up(facts: Facts, member: Member, day: Day) -> str | None:
    """What is charged, less what is paid and adjusted, plus what is refunded, is what is open less the credit."""
    ledger = member.ledger
    charged = sum(line.amount for line in ledger.lines)
    paid, refunded = sum(each.amount for each in ledger.payments), sum(each.amount for each in ledger.refunds)
    adjusted = sum(each.amount for each in ledger.adjustments)
    owed = sum(line.open for line in ledger.lines) - ledger.credit
    arithmetic = f"{charged} - {paid} + {refunded} - {adjusted}"
    return None if charged - paid + refunded - adjusted == owed else f"{arithmetic} is not {owed}"


def refunds_were_paid(facts: Facts, member: Member, day: Day) -> str | None:
    """Nothing is refunded that was neither paid nor credited; what went back later had been paid."""
    ledger = member.ledger
    amounts = [*(each.amount for each in ledger.payments), *(each.amount for each in ledger.adjustments)]
    received = sum(amount for amount in amounts if amount > 0)
    refunded = sum(each.amount for each in ledger.refunds)
    return None if refunded <= received else f"{refunded} refunded of {received}"


def binding_is_fixed(facts: Facts, member: Member, day: Day) -> str | None:
    """The binding ends six months after a registration or the end of a trial, and nothing moves it."""
    count = member.terms.numbers.binding_months
    may_end = {
        months(starts, count)
        for subscription in member.subscriptions
        for starts in (subscription.registered_on, subscription.trial_ends)
        if starts is not None
    }
    for subscription in member.subscriptions:
        then = play(facts, member.terms, subscription.registered_on).by_id[subscription.id]
        same = then.registered_on != subscription.registered_on or then.binding_ends == subscription.binding_ends
        if not same or subscription.binding_ends not in may_end:
            return f"{subscription.id} is bound until {subscription.binding_ends}, at first {then.binding_ends}"
    return None


def no_period_after_the_end(facts: Facts, member: Member, day: Day) -> str | None:
    """No period is charged that starts after the end, nor on it where the end came with the start of the day."""
    by_deadline = {(each.date, each.subscription) for each in member.decisions if each.event == END_TAKES_EFFECT}
    for subscription in member.subscriptions:
        end = subscription.ended_on
        starts = [line.starts for line in subscription.lines if line.kind == PERIOD and line.starts]
        if end is None or not starts:
            continue
        if max(starts) > end or (max(starts) == end and (end, subscription.id) in by_deadline):
            return f"{subscription.id} ended on {end}, and a period was charged from {max(starts)}"
    return None


def ends_lie_ahead(facts: Facts, member: Member, day: Day) -> str | None:
    """A standing end lies ahead; every open way out ends on the day or later, and can be taken on that day."""
    for subscription in _live(member):
        if subscription.notice is not None and subscription.notice.ends_on <= day:
            return f"{subscription.id} was to end on {subscription.notice.ends_on}"
        for way in ways_out(member, subscription, day):
            if way.ends_on is not None and (way.ends_on < day or (way.give_notice_by or day) < day):
                return f"{way.route} is open for {way.ends_on} until {way.give_notice_by}"
    return None


def the_answer_is_kept(facts: Facts, member: Member, day: Day) -> str | None:
    """A notice does what `can-cancel` says: accepted with that end, or refused for want of one that is sooner."""
    for subscription in _live(member):
        answer = cancellation_of(member, subscription.id, day)
        before = tuple(event for event in facts.timeline if event.date <= day)
        notice = GiveNotice(date=day, subscription=subscription.id)
        after = play(evolve(facts, timeline=(*before, notice)), member.terms, day)
        replayed = after.by_id[subscription.id]
        end = replayed.ended_on or replayed.ends_on
        if end != answer.earliest_end:
            return f"{subscription.id} can end on {answer.earliest_end}, and a notice ends it on {end}"
    return None


def the_ended_stay_silent(facts: Facts, member: Member, day: Day) -> str | None:
    """Nothing stands or is pending of a subscription that has ended."""
    for subscription in member.subscriptions:
        if subscription.phase is Phase.ENDED and (subscription.notice or subscription.downgrade):
            return f"{subscription.id} has ended, and something of it is pending"
    return None


PROPERTIES: dict[str, Property] = {
    function.__name__.replace("_", "-"): function
    for function in (
        ordinary_end_is_free,
        money_adds_up,
        refunds_were_paid,
        binding_is_fixed,
        no_period_after_the_end,
        ends_lie_ahead,
        the_answer_is_kept,
        the_ended_stay_silent,
    )
}
"""What must hold of every replay, by name."""


def _live(member: Member) -> Iterable[Subscription]:
    return (subscription for subscription in member.subscriptions if subscription.is_live)


def _end_of_notice(subscription: Subscription, route: str) -> Day | None:
    notice = subscription.notice
    return notice.ends_on if notice is not None and notice.route == route else None
