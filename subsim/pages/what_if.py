"""What people read of a what-if: what was decided of the events tried, and what they change."""

from collections.abc import Callable, Sequence

from subsim.answers.outcome import Duty, SubscriptionOutcome
from subsim.answers.what_if import Difference, T, WhatIf
from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.engine.labels import DUTIES, END_REASONS, EVENTS, STATES
from subsim.pages.blocks import Blocks, Column, Lines, Paragraph, Table, section, stack
from subsim.pages.report import invoice_columns, refusal_columns, shown_ids
from subsim.pages.text import Page

TOTALS = {
    "charged": Message("charged"),
    "paid": Message("paid"),
    "refunded": Message("refunded"),
    "adjusted": Message("credit adjusted"),
    "owed": Message("owed"),
    "interest": Message("interest, apart"),
}
"""The sums of an outcome, in the order in which they are told."""


def what_if_page(answer: WhatIf, page: Page) -> Blocks:
    """The answer of `what-if`: the events tried, and then only what changes."""
    _ = page.translate
    return stack(
        _header(answer, page),
        section(_("Events tried"), _tried(answer, page)),
        page.say(Message("Nothing changes until the end of {day}", day=answer.after.until))
        if answer.changes_nothing
        else None,
        section(_("Subscriptions"), _subscriptions(answer, page)),
        section(
            _signed(_("Invoices"), page),
            _rows(answer.invoices, lambda lines: invoice_columns(lines, answer.after, page), page),
        ),
        section(
            _signed(_("Refused"), page),
            _rows(answer.other_refusals, lambda refused: refusal_columns(refused, answer.after, page), page),
        ),
        section(_signed(_("Duties"), page), _rows(answer.duties, lambda duties: _duty_columns(duties, page), page)),
        section(_("Totals"), _totals(answer, page)),
    )


def _header(answer: WhatIf, page: Page) -> Lines:
    words = Message("until {day}, profile {profile}", day=answer.after.until, profile=answer.after.profile)
    return Lines((answer.after.scenario, page.words(words)))


def _tried(answer: WhatIf, page: Page) -> Paragraph | Table:
    _, tried = page.translate, answer.tried
    if not tried:
        return page.say(Message("None: they lie after {day}", day=answer.after.until))
    return page.table(
        page.dates(_("date"), [each.date for each in tried]),
        page.names(_("event"), EVENTS, [each.event for each in tried]),
        Column(_("subscription"), shown_ids(answer.after, [each.subscription for each in tried])),
        Column("", [_("refused") if each.verdict == "refused" else _("accepted") for each in tried]),
        Column(_("clause"), [each.clause for each in tried]),
        Column(_("why"), [page.words(each.because) for each in tried]),
    )


def _signed(title: str, page: Page) -> str:
    return page.words(Message("{title}: - as it is, + with the events tried", title=title))


def _rows(differences: Sequence[Difference[T]], columns: Callable[[list[T]], list[Column]], page: Page) -> Table | None:
    """What falls away and what comes, each in a row of its own; what changes falls away and comes."""
    rows = [row for pair in differences for row in (("-", pair.before), ("+", pair.after))]
    signed = [(sign, item) for sign, item in rows if item is not None]
    if not signed:
        return None
    return page.table(Column("", [sign for sign, _item in signed]), *columns([item for _sign, item in signed]))


def _duty_columns(duties: Sequence[Duty], page: Page) -> list[Column]:
    _ = page.translate
    dates = [_("no date in the terms") if each.date is None else page.language.short_day(each.date) for each in duties]
    return [
        Column(_("date"), dates, right=True),
        page.names(_("duty"), DUTIES, [each.duty for each in duties]),
        Column(_("clause"), [each.clause for each in duties]),
    ]


def _subscriptions(answer: WhatIf, page: Page) -> Table | None:
    """What is another, subscription by subscription: as it is, and with the events tried."""
    _, rows = page.translate, [row for pair in answer.subscriptions for row in _changed(pair, page)]
    if not rows:
        return None
    ids, names, before, after = (list(cells) for cells in zip(*rows, strict=True))
    return page.table(
        Column(_("subscription"), shown_ids(answer.after, ids)),
        Column("", names),
        Column(_("as it is"), before),
        Column(_("with the events tried"), after),
    )


_NONE = "-"


def _changed(pair: Difference[SubscriptionOutcome], page: Page) -> list[tuple[str, str, str, str]]:
    before, after = (subscription_facts(each, page) for each in (pair.before, pair.after))
    id = (pair.after or pair.before).id  # type: ignore[union-attr] # one of the two has it
    names = dict.fromkeys((*before, *after))
    both = [(name, before.get(name, ""), after.get(name, "")) for name in names]
    return [(id, name, old or _NONE, new or _NONE) for name, old, new in both if old != new]


def subscription_facts(subscription: SubscriptionOutcome | None, page: Page) -> dict[str, str]:
    """What a subscription's row says, by its heading; empty where there is nothing to say."""
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
    return "" if day is None else page.language.short_day(day)


def _totals(answer: WhatIf, page: Page) -> Table | None:
    _, before, after = page.translate, answer.before.totals, answer.after.totals
    changed = [name for name in TOTALS if getattr(before, name) != getattr(after, name)]
    if not changed:
        return None
    was, will = ([getattr(totals, name) for name in changed] for totals in (before, after))
    return page.table(
        page.names("", TOTALS, changed),
        page.amounts(_("as it is"), was),
        page.amounts(_("with the events tried"), will),
        page.amounts(_("difference"), [new - old for old, new in zip(was, will, strict=True)]),
    )
