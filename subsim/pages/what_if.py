"""The page of `what-if`: the decisions on the events tried, and what they change."""

from collections.abc import Callable, Sequence

from subsim.answers.outcome import Decision, Duty, Outcome, SubscriptionOutcome
from subsim.answers.what_if import Difference, SumDifference, T, WhatIf
from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.engine.labels import DUTIES, END_REASONS, EVENTS, STATES
from subsim.pages.blocks import Blocks, Column, Lines, Paragraph, Table, columns_of, section, stack
from subsim.pages.outcome import ids_if_several, invoice_columns, refusal_columns
from subsim.pages.text import Page

TOTALS = {
    "charged": Message("charged"),
    "paid": Message("paid"),
    "refunded": Message("refunded"),
    "adjusted": Message("credit adjusted"),
    "owed": Message("owed"),
    "interest": Message("interest, apart"),
}
"""The sums of an outcome, in the order of the page."""


def what_if_page(answer: WhatIf, page: Page) -> Blocks:
    """The page of `what-if`: the events tried, then only what changes."""
    _ = page.translate
    return stack(
        _header(answer, page),
        section(_("Events tried"), tried_block(answer.tried, answer.after, page)),
        page.say(Message("Nothing changes until the end of {day}", day=answer.after.until))
        if answer.changes_nothing
        else None,
        section(_("Subscriptions"), _subscriptions(answer, page)),
        section(
            signed(_("Invoices"), page),
            signed_rows(answer.invoices, lambda lines: invoice_columns(lines, answer.after, page), page),
        ),
        section(
            signed(_("Refused"), page),
            signed_rows(answer.other_refusals, lambda refused: refusal_columns(refused, answer.after, page), page),
        ),
        section(signed(_("Duties"), page), signed_rows(answer.duties, lambda duties: duty_columns(duties, page), page)),
        section(_("Totals"), _totals(answer, page)),
    )


def _header(answer: WhatIf, page: Page) -> Lines:
    return Lines((answer.after.scenario, page.words(until_and_profile(answer))))


def until_and_profile(answer: WhatIf) -> Message:
    """The last day of the replay, and the profile."""
    return Message("until {day}, profile {profile}", day=answer.after.until, profile=Message(answer.after.profile))


def tried_block(tried: Sequence[Decision], after: Outcome, page: Page) -> Paragraph | Table:
    """The decisions on the events tried, or that there is none because they lie after the last day."""
    _ = page.translate
    if not tried:
        return page.say(Message("None: they lie after {day}", day=after.until))
    return page.table(
        page.dates(_("date"), [each.date for each in tried]),
        page.names(_("event"), EVENTS, [each.event for each in tried]),
        Column(_("subscription"), ids_if_several(after, [each.subscription for each in tried])),
        Column("", [_("refused") if each.verdict == "refused" else _("accepted") for each in tried]),
        Column(_("clause"), [each.clause for each in tried]),
        Column(_("why"), [page.words(each.because) for each in tried]),
    )


def signed(title: str, page: Page) -> str:
    """The title of a table of entries that fall away or are added."""
    return page.words(Message("{title}: - as it is, + with the events tried", title=title))


def signed_rows(
    differences: Sequence[Difference[T]], columns: Callable[[list[T]], list[Column]], page: Page
) -> Table | None:
    """A row for each entry that falls away or is added; an entry that changes has both rows."""
    rows = [row for pair in differences for row in (("-", pair.before), ("+", pair.after))]
    present = [(sign, item) for sign, item in rows if item is not None]
    if not present:
        return None
    return page.table(Column("", [sign for sign, _item in present]), *columns([item for _sign, item in present]))


def duty_columns(duties: Sequence[Duty], page: Page) -> list[Column]:
    """The columns of a table of duties."""
    _ = page.translate
    dates = [_("no date in the terms") if each.date is None else page.short_day(each.date) for each in duties]
    return [
        Column(_("date"), dates, right=True),
        page.names(_("duty"), DUTIES, [each.duty for each in duties]),
        Column(_("clause"), [each.clause for each in duties]),
    ]


def _subscriptions(answer: WhatIf, page: Page) -> Table | None:
    """What changes by subscription: as it is, and with the events tried."""
    rows = [row for pair in answer.subscriptions for row in changed_rows(pair, answer.after, page)]
    return page.table(*columns_of(rows, changed_headings(page))) if rows else None


def changed_headings(page: Page) -> tuple[str, ...]:
    """The headings of the table of changes of subscriptions."""
    _ = page.translate
    return _("subscription"), "", _("as it is"), _("with the events tried")


_NONE = "-"


def changed_rows(
    pair: Difference[SubscriptionOutcome], outcome: Outcome, page: Page
) -> list[tuple[str, str, str, str]]:
    """The cells of each row: the subscription, what changes, as it is, and as it would be."""
    before, after = (subscription_facts(each, page) for each in (pair.before, pair.after))
    (id,) = ids_if_several(outcome, [pair.either.id])
    names = dict.fromkeys((*before, *after))
    both = [(name, before.get(name, ""), after.get(name, "")) for name in names]
    return [(id, name, old or _NONE, new or _NONE) for name, old, new in both if old != new]


def subscription_facts(subscription: SubscriptionOutcome | None, page: Page) -> dict[str, str]:
    """The facts of a subscription by heading; empty without a subscription."""
    _ = page.translate
    if subscription is None:
        return {}
    reason = subscription.end_reason
    return {
        _("state"): page.words(STATES[subscription.state]),
        _("package"): subscription.package,
        _("bound until"): _day(subscription.binding_ends, page),
        _("ends on"): _day(subscription.ends_on, page),
        _("ended on"): _day(subscription.ended_on, page),
        _("why"): "" if reason is None else page.words(END_REASONS[reason]),
        _("access"): _("suspended") if subscription.suspended else "",
        _("states"): ", ".join(f"{_day(day, page)} {page.words(STATES[state])}" for day, state in subscription.states),
    }


def _day(day: Day | None, page: Page) -> str:
    return "" if day is None else page.short_day(day)


def _totals(answer: WhatIf, page: Page) -> Table | None:
    return totals_table(list(answer.totals.items()), page)


def totals_table(changed: Sequence[tuple[str, SumDifference]], page: Page) -> Table | None:
    """The sums that differ, by their name; nothing where there is none."""
    _, sums = page.translate, [each for _name, each in changed]
    if not changed:
        return None
    return page.table(
        page.names("", TOTALS, [name for name, _each in changed]),
        page.amounts(_("as it is"), [each.before for each in sums]),
        page.amounts(_("with the events tried"), [each.after for each in sums]),
        page.amounts(_("difference"), [each.after - each.before for each in sums]),
    )
