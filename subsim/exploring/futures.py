"""The state of a member: everything on which the future depends. Members in the same state have the same future.

The state has:

- of each live subscription its id, phase, package and pending downgrade, billing dates, trial, binding, notice and
  suspension; whether and until when it can be withdrawn from; the lines that a withdrawal or a refund would pay back:
  all of them while it can be withdrawn from, then those of the current period;
- of each announced change whether it may still take effect, let the member leave, or be part of a package chosen
  later. Of the price changes that can do none of this only the price;
- of an ended subscription the equipment still out, and that there was one: a trial is for new customers. By the reading
  `binding-scope: member` also when the first one's binding ends, which binds all later ones;
- the prices announced so far, by which a later sign-up is judged;
- the changes of the terms that bind a subscription or will; the terms of its sign-up and of its confirmation;
- of each line its due date, what is open and what is paid; the credit, the sum of all payments, the payment method and
  the residence. By the reading `late-payment-cure: persists` also whether any payment has been late enough;
- the ids signed up, since a scenario may name no others.

The state leaves out refusals, cancelled lines, refunds, duties, the days on which phases began, the reason of an end,
and the words of every reason.
"""

from collections.abc import Hashable, Iterable

from subsim.basics.dates import Day
from subsim.membership.changes import Change
from subsim.membership.events import AnnouncePriceChange, AnnounceTermsChange
from subsim.membership.ledger import Ledger
from subsim.membership.lines import Line
from subsim.membership.member import Member
from subsim.membership.subscription import Notice, Subscription
from subsim.rules import withdrawal
from subsim.rules.operator_termination import has_been_overdue
from subsim.rules.termination import last_day_of_bound_exit
from subsim.terms.terms import Terms

State = Hashable
"""A value that is equal for two members with the same future."""


def state_of(member: Member, today: Day) -> State:
    """The state of the member after the start of `today` and the events replayed so far."""
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
    """None without a subscription; else True, or by the reading `member` the end of the first one's binding."""
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
    """The lines with an open part, or with a paid part that opens again when a payment is returned."""
    return [line for line in ledger.lines if line.open or line.paid]


def _was_late(member: Member, terms: Terms, today: Day) -> bool:
    """Whether a late payment lets Kabelplus end a later subscription too, by the reading `persists`."""
    days = terms.numbers.overdue_days
    persists = terms.readings.late_payment_cure == "persists"
    return persists and member.ledger.has_been_overdue(days, Day.min, today)


def _lines(lines: Iterable[Line], places: dict[int, int]) -> Hashable:
    """Lines that may be paid back, each with its place in `_lines_that_matter`."""
    return tuple((line.amount, line.starts, line.ends, places.get(id(line))) for line in lines)


# The terms


def _new_terms(member: Member) -> Hashable:
    """The date, numbers and readings of each announced change of the terms that changes any."""
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
            if change.kind != AnnouncePriceChange.kind and _may_still_matter(member, change, today)
        ),
    )


def _notice(notice: Notice | None) -> Hashable:
    return None if notice is None else (notice.route, notice.ends_on, _notice(notice.behind))


def _equipment(subscription: Subscription) -> Hashable:
    """The items that have not been returned."""
    return tuple(
        (item, lent.value, lent.is_invoiced)
        for item, lent in sorted(subscription.equipment.items())
        if not lent.is_returned
    )


# Announced changes


def _prices_announced(member: Member, today: Day) -> Hashable:
    """By package the latest announced price in force and those to come, whether or not they reach a subscription."""
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
    """The price of the last change that is over, and the changes that may still set it or let the member leave."""
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
    announced_on = change.announced_on if _window_is_open(member, change, today) else None
    return announced_on, change.effective, change.reaches, change.may_exit


def _is_settled(member: Member, change: Change, today: Day) -> bool:
    """Whether the change is in force, also for a package chosen later, and lets nobody leave any more."""
    return change.has_reached(today) and change.effective <= today and not _window_is_open(member, change, today)


def _may_still_matter(member: Member, change: Change, today: Day) -> bool:
    """Whether a service or terms change may still take effect or let the member leave."""
    return max(change.effective, change.reaches or today) > today or _window_is_open(member, change, today)


def _window_is_open(member: Member, change: Change, today: Day) -> bool:
    """Whether the exit of a bound member is still open; it may close after the day of effect."""
    return change.may_exit and today <= last_day_of_bound_exit(change, change.under or member.terms)
