"""Where a member stands, as far as anything to come depends on it: equal standings have equal futures.

What the future depends on, and so what two timelines that are merged have in common:

- of each live subscription its id, phase, package and pending downgrade, billing dates, trial, binding, standing notice
  and suspension; whether and until when it can be withdrawn from; the lines that a withdrawal or a refund would give
  back: all of them while it can be withdrawn from, then those of the current period;
- of each announced change what may still happen: that it takes effect, that it lets the member leave, or that it
  becomes part of what is chosen. Of the price changes that are over for good only the price counts;
- of an ended subscription only the equipment still out, and that there was one: a trial is for new customers. By the
  reading `binding-scope: member` the binding of the first one binds all later ones;
- the prices as announced so far, by which a later sign-up is judged;
- what each change of the terms says that binds it or will; the terms of its sign-up and confirmation;
- what is open and what is paid of each line and since when it was due, the credit, what was paid in all, the payment
  method and the residence; by the reading `late-payment-cure: persists` also whether any payment has been late enough;
- the ids that a sign-up has named: a scenario may only speak of these.

What it does not depend on: who was refused what, lines that are cancelled, refunds, duties, when the states
began, why the subscription ended, and the words of any reason.
"""

from collections.abc import Hashable, Iterable

from subsim.basics.dates import Day
from subsim.membership.changes import Change
from subsim.membership.events import AnnouncePriceChange, AnnounceTermsChange
from subsim.membership.ledger import Ledger, Line
from subsim.membership.member import Member
from subsim.membership.subscription import Notice, Subscription
from subsim.rules import withdrawal
from subsim.rules.operator_termination import has_been_overdue
from subsim.rules.termination import last_day_of_bound_exit
from subsim.terms.terms import Terms

Standing = Hashable
"""A value that is equal for two members with the same future."""


def standing(member: Member, today: Day) -> Standing:
    """Where the member stands after this day's start and the events so far."""
    ledger = member.ledger
    places = {id(line): index for index, line in enumerate(_lines_that_matter(ledger))}
    return (
        member.resident,
        _money(member, today),
        _was_late(member, member.terms, today),
        _new_terms(member),
        _prices_announced(member, today),
        _shared_binding(member),
        tuple(
            _live(member, subscription, today, places)
            if subscription.is_live
            else (subscription.id, _equipment(subscription))
            for subscription in member.subscriptions
            if subscription.is_live or _is_latest_with_equipment(member, subscription)
        ),
    )


def _is_latest_with_equipment(member: Member, subscription: Subscription) -> bool:
    return member.by_id[subscription.id] is subscription and bool(_equipment(subscription))


def _shared_binding(member: Member) -> Hashable:
    """Whether the member has been one before; by the reading `member` also until when that binds."""
    if not member.subscriptions:
        return None
    return member.subscriptions[0].binding_ends if member.terms.readings.binding_scope == "member" else True


# Money


def _money(member: Member, today: Day) -> Hashable:
    ledger, method = member.ledger, member.ledger.method
    expires = method.expires
    if expires is not None and expires < today:
        expires = Day.min
    lines = tuple((line.due, line.open, line.paid) for line in _lines_that_matter(ledger))
    return lines, ledger.credit, ledger.paid_in_all(), method.kind, method.fails, expires


def _lines_that_matter(ledger: Ledger) -> list[Line]:
    """The lines of which something may be paid, or may be open again when a payment goes back."""
    return [line for line in ledger.lines if line.open or line.paid]


def _was_late(member: Member, terms: Terms, today: Day) -> bool:
    """Whether a payment, once too late, gives Kabelplus a right that stays against who signs up later."""
    days = terms.numbers.overdue_days
    persists = terms.readings.late_payment_cure == "persists"
    return persists and member.ledger.has_been_overdue(days, Day.min, today)


def _lines(lines: Iterable[Line], places: dict[int, int]) -> Hashable:
    """Lines that may be given back, each with its place among those that matter to the money."""
    return tuple((line.amount, line.starts, line.ends, places.get(id(line))) for line in lines)


# The terms


def _new_terms(member: Member) -> Hashable:
    """What the announced changes of the terms say, and for when, where they say anything."""
    announced = (each for each in member.announcements.made if isinstance(each, AnnounceTermsChange))
    return tuple(
        (each.effective, tuple(each.numbers.items()), tuple(each.readings.items()))
        for each in announced
        if each.numbers or each.readings
    )


def _of_terms(terms: Terms) -> Hashable:
    return terms.numbers, terms.readings


# A subscription


def _live(member: Member, subscription: Subscription, today: Day, places: dict[int, int]) -> Hashable:
    can_withdraw = withdrawal.refusal(member, subscription, today) is None
    lines = subscription.lines if can_withdraw else subscription.lines_of_period
    return (
        subscription.id,
        subscription.phase,
        subscription.package,
        subscription.downgrade,
        (subscription.billing_anchor, subscription.period_months, subscription.period_number),
        subscription.in_trial(today),
        subscription.binding_ends,
        _notice(subscription.notice),
        subscription.is_suspended,
        subscription.is_taken_into_use,
        subscription.confirmed_on is None,
        can_withdraw and withdrawal.last_day(member, subscription),
        _lines(lines, places),
        _equipment(subscription),
        has_been_overdue(member, subscription, today),
        tuple((each.reaches, each.announced_on) for each in subscription.amendments),
        (_of_terms(subscription.signed_under), _of_terms(subscription.confirmed_under)),
        tuple(_prices(member, subscription, package, today) for package in member.list_prices),
        tuple(
            (change.kind, change.package, *_change(member, change, today))
            for change in subscription.all_changes()
            if change.kind != "price_change" and _may_still_matter(member, change, today)
        ),
    )


def _notice(notice: Notice | None) -> Hashable:
    return None if notice is None else (notice.route, notice.ends_on, _notice(notice.behind))


def _equipment(subscription: Subscription) -> Hashable:
    """The items still out; one returned is as one never lent."""
    return tuple(
        (item, lent.value, lent.is_invoiced)
        for item, lent in sorted(subscription.equipment.items())
        if not lent.is_returned
    )


# Announced changes


def _prices_announced(member: Member, today: Day) -> Hashable:
    """By package the price as announced so far and those to come, whatever any subscription makes of them."""
    announced: dict[str, list[tuple[Day, int]]] = {}
    for event in member.announcements.made:
        if isinstance(event, AnnouncePriceChange):
            for package, price in event.prices.items():
                announced.setdefault(package, []).append((event.effective, price))
    return tuple((package, _as_announced(prices, today)) for package, prices in sorted(announced.items()))


def _as_announced(prices: list[tuple[Day, int]], today: Day) -> Hashable:
    past = [(effective, order, price) for order, (effective, price) in enumerate(prices) if effective <= today]
    to_come = tuple((effective, price) for effective, price in prices if effective > today)
    return max(past)[-1] if past else None, to_come


def _prices(member: Member, subscription: Subscription, package: str, today: Day) -> Hashable:
    """The price that is settled, and the changes that may yet rule or let the member leave."""
    changes = subscription.price_changes_of(package)
    settled = [change for change in changes if _is_settled(member, change, today)]
    top = max(settled, key=lambda change: (change.effective, change.order), default=None)
    left = [
        change
        for change in changes
        if change is not top and (top is None or _window_is_open(member, change, today) or change.outranks(top))
    ]
    if top is not None and any(top.outranks(change) for change in left):
        left.append(top)
    price = None if top is None else top.price
    return price, tuple((change.price, *_change(member, change, today)) for change in left)


def _change(member: Member, change: Change, today: Day) -> tuple[Hashable, ...]:
    told = change.announced_on if _window_is_open(member, change, today) else None
    return told, change.effective, change.reaches, change.may_exit


def _is_settled(member: Member, change: Change, today: Day) -> bool:
    """Whether it has taken effect, chosen or not, and lets nobody leave any more."""
    has_reached = change.reaches is not None and max(change.effective, change.reaches) <= today
    return has_reached and not _window_is_open(member, change, today)


def _may_still_matter(member: Member, change: Change, today: Day) -> bool:
    """Whether a service or terms change may yet take effect or let the member leave."""
    return max(change.effective, change.reaches or today) > today or _window_is_open(member, change, today)


def _window_is_open(member: Member, change: Change, today: Day) -> bool:
    """Whether the bound window is open, which may outlast the day of effect."""
    return change.may_exit and today <= last_day_of_bound_exit(change, change.under or member.terms)
