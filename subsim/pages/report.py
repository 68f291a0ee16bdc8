"""What people read of an answer, an outcome and a run; every function gives text, none prints."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from subsim.answers.ahead import LastDays
from subsim.answers.can_cancel import Answer, Contested, WayOut
from subsim.answers.outcome import Decision, Duty, Invoice, Outcome
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.languages import FileWording
from subsim.basics.texts import Message, join_words
from subsim.engine.labels import DUTIES, END_REASONS, EVENTS, LINES, ROUTES, STATES
from subsim.engine.ways import OPERATOR, WAYS, Cost
from subsim.pages.account import account_words
from subsim.pages.blocks import (
    Blocks,
    Column,
    Definition,
    Definitions,
    Lines,
    Paragraph,
    Section,
    Table,
    section,
    stack,
)
from subsim.pages.catalogues import letters
from subsim.pages.ends import last_days_block, wanted_end_block
from subsim.pages.law import law_blocks, law_sentence
from subsim.pages.text import Page
from subsim.pages.why_not import why_not_block
from subsim.terms.clauses import Clause, clause
from subsim.terms.readings import ProfileName, Readings, as_choices, profile
from subsim.terms.statutes import Provision
from subsim.terms.terms import Numbers, as_values

if TYPE_CHECKING:
    from subsim.answers.in_doubt import AnswerInDoubt
    from subsim.answers.why_not import Instead

# can-cancel


def answer_page(
    answer: Answer, page: Page, instead: Sequence["Instead"] = (), last_days: LastDays | None = None
) -> Blocks:
    """The answer of `can-cancel`: what contract and law give, one sentence, what is owed, the end wanted, why, the ways
    out, the last days of an ordinary notice, what would have given a better one, the readings that would change it, and
    the law route by route.
    """
    return stack(
        law_sentence(answer, page),
        page.say(*_verdict(answer)),
        page.say(*account_words(answer.account)),
        wanted_end_block(answer, page),
        _why(answer, page),
        _ways_out(answer, page),
        last_days_block(last_days, page),
        why_not_block(instead, page),
        other_readings(answer, page),
        law_blocks(answer, page),
    )


def _verdict(answer: Answer) -> Iterable[Message]:
    if answer.earliest_end is None or answer.route is None:
        return [no_way_out(answer)]
    if answer.notice_stands:
        return [_already_given(answer, answer.earliest_end), *_standing_cost(answer)]
    way = next(way for way in answer.routes if way.route == answer.route)
    return [_yes(answer, way, answer.earliest_end), cost(way.route, way.refund, way.still_to_pay)]


def no_way_out(answer: Answer) -> Message:
    """Why a member cannot cancel, in one sentence."""
    if answer.state is None:
        return Message("No: on {day} there is no subscription to cancel", day=answer.date)
    if answer.state == "ended":
        return Message("No: the subscription had already ended on {day}", day=answer.date)
    return Message("No: a notice received on {day} would be refused; no way out is open", day=answer.date)


def _yes(answer: Answer, way: WayOut, end: Day) -> Message:
    if end == answer.registered_on:
        return Message("Yes: a withdrawal received on {day}, the day of the sign-up, ends the subscription", day=end)
    return WAYS[way.route].answer.fill(day=answer.date, end=end, last=days_after(end, -1))


def cost(route: Route, refund: int | None, still_to_pay: int | None) -> Message:
    """What a way out costs, or what it gives back, in øre."""
    match cost_of(route):
        case "nothing":
            return Message("nothing is charged")
        case "paid_back":
            return (
                Message("{amount:kr} paid back", amount=refund) if refund else Message("there is nothing to pay back")
            )
        case "until_end":
            return still_to_pay_words(still_to_pay)


def cost_of(route: Route) -> Cost:
    """What a way out costs; before Kabelplus' own end the periods go on."""
    return "until_end" if route == OPERATOR else WAYS[route].cost


def still_to_pay_words(amount: int | None) -> Message:
    """What is still to pay before an end, in øre."""
    return Message("{amount:kr} still to pay", amount=amount) if amount else Message("no further period to pay")


def _already_given(answer: Answer, end: Day) -> Message:
    values = {"end": end, "last": days_after(end, -1)}
    if answer.route == OPERATOR:
        return Message(
            "Kabelplus has terminated the subscription: it ends on {end} (last day of service {last})", **values
        )
    return Message(
        "Yes, notice has been given already: the subscription ends on {end} (last day of service {last})", **values
    )


def _standing_cost(answer: Answer) -> list[Message]:
    """What is still to pay until a standing end: a fresh notice that ends no sooner costs the same."""
    end = answer.earliest_end
    later = [way for way in answer.routes if end and way.ends_on and way.ends_on >= end]
    return [still_to_pay_words(way.still_to_pay) for way in later[:1]]


def _why(answer: Answer, page: Page) -> Definitions | Paragraph:
    why = page.say(Message("Why: {reason}", reason=page.words(answer.because)))
    if not answer.clauses:
        return why
    by_heading = under_headings(answer.clauses, page)
    rows = (Definition(", ".join(each.id for each in its), (title,)) for title, its in by_heading.items())
    return Definitions(tuple(rows), why.text)


def under_headings(ids: Iterable[str], page: Page) -> dict[str, list[Clause | Provision]]:
    """The clauses of these ids by their heading, in the page's language."""
    return {title: list(clauses) for title, clauses in groupby(map(clause, ids), lambda each: heading(each, page))}


def heading(clause: Clause | Provision, page: Page) -> str:
    """The clause's heading in the page's language."""
    return clause.heading if page.language.code == "da" else clause.heading_en


def _ways_out(answer: Answer, page: Page) -> Section | None:
    """The ways out, the open ones first and of them the soonest."""
    if answer.state in (None, "ended"):
        return None
    _, ways = page.translate, sorted(answer.routes, key=lambda way: way.ends_on or Day.max)
    title = page.words(Message("Ways out for a notice received on {day}", day=answer.date))
    table = page.table(
        page.names(_("way out"), ROUTES, [way.route for way in ways]),
        Column(_("now"), [_("open") if way.open else _("closed") for way in ways]),
        page.dates(_("notice by"), [way.give_notice_by for way in ways]),
        page.dates(_("ends on"), [way.ends_on for way in ways]),
        page.amounts(_("refund"), [way.refund or None for way in ways]),
        page.amounts(_("still to pay"), [way.still_to_pay for way in ways]),
        Column(_("clauses and why"), [f"{', '.join(way.clauses)}: {page.words(way.because)}" for way in ways]),
    )
    return section(title, table)


def other_readings(answer: "Answer | AnswerInDoubt", page: Page) -> Blocks:
    """The other readings that would change the answer, each with what it gives and says."""
    _, others = page.translate, answer.contested
    if not others:
        return stack(page.say(Message("No other reading of a contested point would change this answer")))
    says = [page.words(other.says) for other in others]
    table = page.table(
        Column(_("point"), [other.point for other in others]),
        Column(_("reading"), [other.reading for other in others]),
        Column(_("answer"), [_other_answer(other, page) for other in others]),
        Column(_("what it says"), [_with_fault(*each, page) for each in zip(says, others, strict=True)]),
    )
    title = _("Other readings that would change the answer")
    if any(other.fault is not None for other in others):
        title = _("Other readings that would change the answer, or leave it open")
    return stack(section(title, table), letters(says, page))


def _with_fault(says: str, other: Contested, page: Page) -> str:
    """What a reading says, and why the timeline cannot be replayed under it, where it cannot."""
    if other.fault is None:
        return says
    fault = other.fault.text(FileWording(page.language))
    return page.words(Message("{says}; then it cannot be replayed: {fault}", says=says, fault=fault))


def _other_answer(other: Contested, page: Page) -> str:
    _ = page.translate
    if other.fault is not None:
        return _("cannot be replayed")
    if other.can_cancel is False:
        return _("cannot cancel")
    if other.can_cancel is None or other.earliest_end is None or other.route is None:
        return _("it depends on the facts")
    return f"{page.language.short_day(other.earliest_end)}, {page.words(ROUTES[other.route])}"


# replay


def outcome_page(outcome: Outcome, page: Page) -> Blocks:
    """The outcome of `replay`: what was replayed, where it ends, every line and payment, refusals, duties, totals."""
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
    """What was replayed: the scenario's sentence, until when, and under which terms."""
    lines = (
        outcome.scenario,
        page.words(Message("until {day}, profile {profile}", day=outcome.until, profile=outcome.profile)),
        *(page.words(part) for part in other_choices(outcome.profile, outcome.readings)),
        *(page.words(part) for part in other_numbers(outcome.numbers)),
    )
    return Lines(lines)


def other_choices(name: ProfileName, readings: Readings) -> list[Message]:
    """The single readings that are not those of the profile."""
    usual = as_choices(profile(name))
    return [
        Message("{point} read as {reading}, not {usual}", point=point, reading=reading, usual=usual[point])
        for point, reading in as_choices(readings).items()
        if reading != usual[point]
    ]


def other_numbers(numbers: Numbers) -> list[Message]:
    """The numbers that are not those of the terms."""
    usual = as_values(Numbers())
    return [
        Message("{number} taken as {value}, not {usual}", number=number, value=value, usual=usual[number])
        for number, value in as_values(numbers).items()
        if value != usual[number]
    ]


def _subscriptions(outcome: Outcome, page: Page) -> Table | None:
    _, subscriptions = page.translate, outcome.subscriptions
    if not subscriptions:
        return None
    return page.table(
        Column(_("subscription"), [each.id for each in subscriptions]),
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
        Column(_("subscription"), shown_ids(outcome, [id for _day, id, _state in history])),
        page.names(_("state"), STATES, [state for _day, _id, state in history]),
    )


def shown_ids(outcome: Outcome, ids: Iterable[str | None]) -> list[str]:
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
    """The columns of a table of lines; those that an outcome leaves empty are to be left out."""
    _ = page.translate
    due_later = any(line.due != line.date for line in lines)
    return [
        page.dates(_("date"), [line.date for line in lines]),
        page.dates(_("due"), [line.due if due_later else None for line in lines]),
        page.names(_("line"), LINES, [line.kind for line in lines]),
        Column(_("subscription"), shown_ids(outcome, [line.subscription for line in lines])),
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
        Column(_("subscription"), shown_ids(outcome, [each.subscription for each in refused])),
        Column(_("clause"), [each.clause for each in refused]),
        Column(_("reason"), [page.words(each.because) for each in refused]),
    ]


def _duties(duties: Sequence[Duty], page: Page) -> Table | None:
    """The duties, all of one kind in one row: a card gives a receipt every quarter."""
    _ = page.translate
    if not duties:
        return None
    dates: dict[tuple[str, str], list[str]] = {}
    for duty in duties:
        day = _("no date in the terms") if duty.date is None else page.language.short_day(duty.date)
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
