"""The page of an answer to `can-cancel`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from subsim.answers.can_cancel import Answer, Contested, WayOut
from subsim.answers.forecast import LastDays
from subsim.basics.dates import Day, days_after
from subsim.basics.enumerations import Route
from subsim.basics.languages import FileWording
from subsim.basics.texts import Message
from subsim.engine.labels import ROUTES
from subsim.engine.ways import WAYS, Cost
from subsim.membership.ways import OPERATOR
from subsim.pages.account import account_words
from subsim.pages.blocks import Blocks, Column, Definition, Definitions, Paragraph, Section, section, stack
from subsim.pages.catalogues import letters
from subsim.pages.ends import last_days_block, wanted_end_block
from subsim.pages.headings import under_headings
from subsim.pages.law.sentence import law_sentence
from subsim.pages.law.table import law_blocks
from subsim.pages.text import Page
from subsim.pages.why_not import why_not_block

if TYPE_CHECKING:
    from subsim.answers.in_doubt.answer import AnswerInDoubt
    from subsim.answers.why_not import Alternative


def answer_page(
    answer: Answer, page: Page, instead: Sequence["Alternative"] = (), last_days: LastDays | None = None
) -> Blocks:
    """The page of `can-cancel`.

    Its parts, in order: what contract and law give, in one sentence; what is owed; the end wanted; why; the ways out;
    the last days of an ordinary notice; what would have given a better answer; the readings that would change it; the
    law route by route.
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
        return [_already_given(answer, answer.earliest_end), *_cost_until_end_in_force(answer)]
    way = next(way for way in answer.routes if way.route == answer.route)
    return [_yes(answer, way, answer.earliest_end), cost(way.route, way.refund, way.still_to_pay)]


def no_way_out(answer: Answer) -> Message:
    """Why a member cannot cancel, in one sentence."""
    if answer.state is None:
        return Message("No: on {day} there is no subscription to cancel", day=answer.date)
    if answer.state == "ended":
        return Message("No: on {day} the subscription had already ended", day=answer.date)
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


def _cost_until_end_in_force(answer: Answer) -> list[Message]:
    """What is still to pay until the end in force; another notice that ends no sooner costs the same."""
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
        Column(_("point"), [_(other.point) for other in others]),
        Column(_("reading"), [_(other.reading) for other in others]),
        Column(_("answer"), [_other_answer(other, page) for other in others]),
        Column(_("what it says"), [_with_fault(*each, page) for each in zip(says, others, strict=True)]),
    )
    title = _("Other readings that would change the answer")
    if any(other.fault is not None for other in others):
        title = _("Other readings that would change the answer, or leave it open")
    return stack(section(title, table), letters(says, page))


def _with_fault(says: str, other: Contested, page: Page) -> str:
    """What a reading says, and if the timeline cannot be replayed under it, why."""
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
    return f"{page.short_day(other.earliest_end)}, {page.words(ROUTES[other.route])}"
