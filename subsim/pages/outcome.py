"""The page of `replay`."""

from collections.abc import Iterable, Sequence

from subsim.answers.outcome import Decision, Duty, Invoice, Outcome
from subsim.basics.texts import Message, join_words
from subsim.engine.labels import DUTIES, END_REASONS, EVENTS, LINES, STATES
from subsim.pages.blocks import Blocks, Column, Lines, Paragraph, Table, section, stack
from subsim.pages.text import Page
from subsim.terms.readings import ProfileName, Readings, as_choices, profile
from subsim.terms.terms import Numbers, as_values


def outcome_page(outcome: Outcome, page: Page) -> Blocks:
    """The page of `replay`: the scenario, the subscriptions, every line and payment, refusals, duties, totals."""
    _ = page.translate
    return stack(
        header(outcome, page),
        section(_("Subscriptions"), _subscriptions(outcome, page)),
        section(_("States"), _states(outcome, page)),
        section(_("Invoices"), invoices_table(outcome, page)),
        section(_("Payments"), _payments(outcome, page)),
        section(_("Refused"), _refused(outcome, page)),
        section(_("Duties"), _duties(outcome.duties, page)),
        section(_("Totals"), _totals(outcome, page)),
        _provisional(outcome, page),
    )


def header(outcome: Outcome, page: Page) -> Lines:
    """The head of the page: the sentence of the scenario, the last day, and the terms."""
    lines = (
        outcome.scenario,
        page.words(Message("until {day}, profile {profile}", day=outcome.until, profile=Message(outcome.profile))),
        *(page.words(part) for part in other_choices(outcome.profile, outcome.readings)),
        *(page.words(part) for part in other_numbers(outcome.numbers)),
    )
    return Lines(lines)


def other_choices(name: ProfileName, readings: Readings) -> list[Message]:
    """The single readings that are not those of the profile."""
    usual = as_choices(profile(name))
    return [
        Message(
            "{point} read as {reading}, not {usual}",
            point=Message(point),
            reading=Message(reading),
            usual=Message(usual[point]),
        )
        for point, reading in as_choices(readings).items()
        if reading != usual[point]
    ]


def other_numbers(numbers: Numbers) -> list[Message]:
    """The numbers that are not those of the terms."""
    usual = as_values(Numbers())
    return [
        Message("{number} taken as {value}, not {usual}", number=Message(number), value=value, usual=usual[number])
        for number, value in as_values(numbers).items()
        if value != usual[number]
    ]


def _subscriptions(outcome: Outcome, page: Page) -> Table | None:
    _, subscriptions = page.translate, outcome.subscriptions
    if not subscriptions:
        return None
    return page.table(
        Column(_("subscription"), ids_if_several(outcome, [each.id for each in subscriptions])),
        Column(_("package"), [each.package for each in subscriptions]),
        page.names(_("state"), STATES, [each.state for each in subscriptions]),
        page.dates(_("signed up"), [each.registered_on for each in subscriptions]),
        page.dates(_("bound until"), [each.binding_ends for each in subscriptions]),
        page.dates(_("ends on"), [each.ends_on for each in subscriptions]),
        page.dates(_("ended on"), [each.ended_on for each in subscriptions]),
        page.names(_("why"), END_REASONS, [each.end_reason for each in subscriptions]),
        page.dates(_("terms since"), [each.terms_since for each in subscriptions]),
        Column(_("access"), [_("suspended") if each.suspended else "" for each in subscriptions]),
    )


def _states(outcome: Outcome, page: Page) -> Table | None:
    _ = page.translate
    history = sorted(
        ((day, each.id, state) for each in outcome.subscriptions for day, state in each.states),
        key=lambda entry: entry[0],
    )
    if not history:
        return None
    return page.table(
        page.dates(_("from"), [day for day, _id, _state in history]),
        Column(_("subscription"), ids_if_several(outcome, [id for _day, id, _state in history])),
        page.names(_("state"), STATES, [state for _day, _id, state in history]),
    )


def ids_if_several(outcome: Outcome, ids: Iterable[str | None]) -> list[str]:
    """The subscriptions that lines are about; empty where the member has had only one."""
    several = len(outcome.subscriptions) > 1
    return [id if several and id is not None else "" for id in ids]


def invoices_table(outcome: Outcome, page: Page) -> Table | None:
    """Every line, and the sum of them all in the last row."""
    _, totals = page.translate, outcome.totals
    if not outcome.invoices:
        return None
    in_all = {
        _("line"): _("in all"),
        _("kr."): page.language.figures(totals.charged),
        _("interest"): page.language.figures(totals.interest) if totals.interest else "",
    }
    columns = invoice_columns(outcome.invoices, outcome, page)
    return page.table(*(_with_last(column, in_all.get(column.heading, "")) for column in columns))


def invoice_columns(lines: Sequence[Invoice], outcome: Outcome, page: Page) -> list[Column]:
    """The columns of a table of lines; columns without text are left out of a table."""
    _ = page.translate
    due_later = any(line.due != line.date for line in lines)
    return [
        page.dates(_("date"), [line.date for line in lines]),
        page.dates(_("due"), [line.due if due_later else None for line in lines]),
        page.names(_("line"), LINES, [line.kind for line in lines]),
        Column(_("subscription"), ids_if_several(outcome, [line.subscription for line in lines])),
        Column(_("package"), [line.package or "" for line in lines]),
        page.dates(_("from"), [line.starts for line in lines]),
        page.dates(_("until"), [line.ends for line in lines]),
        page.amounts(_("kr."), [line.amount for line in lines]),
        page.dates(_("paid on"), [line.paid_on for line in lines]),
        page.amounts(_("interest"), [line.interest or None for line in lines]),
        Column(_("clause"), [line.clause for line in lines]),
    ]


def _with_last(column: Column, cell: str) -> Column:
    return Column(column.heading, [*column.cells, cell], column.right)


def _payments(outcome: Outcome, page: Page) -> Table | None:
    _ = page.translate
    names = _("payment"), _("payment returned")
    moved = [(each.date, names[each.amount < 0], each.amount, "") for each in outcome.payments]
    moved += [(each.date, _("credit adjusted"), each.amount, "betaling.2") for each in outcome.adjustments]
    moved += [(each.date, _("refund"), each.amount, each.clause) for each in outcome.refunds]
    if not moved:
        return None
    moved.sort(key=lambda entry: entry[0])
    dates, kinds, amounts, clauses = (list(cells) for cells in zip(*moved, strict=True))
    return page.table(
        page.dates(_("date"), dates),
        Column("", kinds),
        page.amounts(_("kr."), amounts),
        Column(_("clause"), clauses),
    )


def _refused(outcome: Outcome, page: Page) -> Table | None:
    return page.table(*refusal_columns(outcome.refused, outcome, page)) if outcome.refused else None


def refusal_columns(refused: Sequence[Decision], outcome: Outcome, page: Page) -> list[Column]:
    """The columns of a table of refused events."""
    _ = page.translate
    return [
        page.dates(_("date"), [each.date for each in refused]),
        page.names(_("event"), EVENTS, [each.event for each in refused]),
        Column(_("subscription"), ids_if_several(outcome, [each.subscription for each in refused])),
        Column(_("clause"), [each.clause for each in refused]),
        Column(_("reason"), [page.words(each.because) for each in refused]),
    ]


def _duties(duties: Sequence[Duty], page: Page) -> Table | None:
    """The duties, one row for each kind, since a card gives a receipt every quarter."""
    _ = page.translate
    if not duties:
        return None
    dates: dict[tuple[str, str], list[str]] = {}
    for duty in duties:
        day = _("no date in the terms") if duty.date is None else page.short_day(duty.date)
        dates.setdefault((duty.duty, duty.clause), []).append(day)
    return page.table(
        page.names(_("duty"), DUTIES, [duty for duty, _clause in dates]),
        Column(_("clause"), [clause for _duty, clause in dates]),
        Column(_("date"), [", ".join(days) for days in dates.values()]),
    )


def _totals(outcome: Outcome, page: Page) -> Table:
    _, totals = page.translate, outcome.totals
    credit = totals.owed < 0
    return page.table(
        page.amounts(_("charged"), [totals.charged]),
        page.amounts(_("paid"), [totals.paid]),
        page.amounts(_("refunded"), [totals.refunded or None]),
        page.amounts(_("credit adjusted"), [totals.adjusted or None]),
        page.amounts(_("the member's credit") if credit else _("owed"), [abs(totals.owed)]),
        page.amounts(_("interest, apart"), [totals.interest or None]),
    )


def _provisional(outcome: Outcome, page: Page) -> Paragraph | None:
    if not outcome.provisional_rates:
        return None
    halves = join_words(map(page.language.day, outcome.provisional_rates), "and")
    return page.say(
        Message("The reference rate of the half-year from {halves} is provisional: interest may change", halves=halves)
    )
