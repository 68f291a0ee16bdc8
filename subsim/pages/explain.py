"""The page of `explain`: every decision with its clause, its arithmetic and its effect."""

from subsim.answers.can_cancel import Cancellation
from subsim.answers.explanation import Effect, Explanation, Reason, paragraph
from subsim.answers.interest import DECIMALS, InterestOfLine, InterestRow
from subsim.answers.outcome import Decision, Invoice
from subsim.basics.dates import days_after
from subsim.basics.texts import Message
from subsim.engine.labels import DEADLINES, DUTIES, EVENTS, LINES, ROUTES, STATES
from subsim.pages.blocks import Blocks, Column, Definition, Definitions, Paragraph, section, stack
from subsim.pages.headings import heading
from subsim.pages.law.provisions import provisions_section
from subsim.pages.law.sentence import law_sentence
from subsim.pages.law.table import law_notes, law_rows
from subsim.pages.outcome import header
from subsim.pages.text import Page
from subsim.terms.clauses import clause
from subsim.terms.statutes import in_order

_SAID = {
    "registered_on": Message("signed up on {after}"),
    "package": Message("package {after}"),
    "next_package": Message("package {after} from the next period on"),
    "price": Message("{after:kr} a month"),
    "binding_ends": Message("bound until {after}"),
    "ends_on": Message("ends on {after}"),
    "ended_on": Message("ended on {after}"),
    "terms_since": Message("under the terms of {after}"),
    "open": Message("{after:kr} of line {number} is open"),
    "refund": Message("{after:kr} paid back"),
}
"""The sentence on an effect, by what it changed."""
_SAID_OF_NOTHING = {
    "next_package": Message("no other package is asked for any more"),
    "ends_on": Message("no end stands any more"),
    "open": Message("line {number} is settled"),
}
"""The sentence where the new value is nothing."""
_ACCESS = {"suspended": Message("access suspended"), "given": Message("access given again")}
_ISSUED = {
    "open": Message("line {number}: {amount:kr}"),
    "in part": Message("line {number}: {amount:kr}, of which {open:kr} is open"),
    "settled": Message("line {number}: {amount:kr}, settled at once"),
}
"""The sentence on a line that is issued."""
_SAID_BY = {"registered_on": "binding_ends", "state": "ended_on", "ends_on": "ended_on", "next_package": "package"}
"""By effect the other effect of the same decision that makes its sentence needless."""


def explain_page(explanation: Explanation, page: Page, about: str | None = None) -> Blocks:
    """All decisions in order of time, or those about one subject."""
    asked: Blocks
    if about is None:
        reasons, asked = explanation.reasons, ()
    else:
        reasons = explanation.about(about)
        asked = stack(_asked(about, explanation, reasons, page), _interest(explanation.interest_on(about), page))
    several = len({each.id for each in explanation.outcome.subscriptions}) > 1
    blocks = (_reason(reason, several, page) for reason in reasons)
    laws = explanation.answers if about is None else ()
    return stack(header(explanation.outcome, page), asked, *blocks, _law(laws, several, page))


def _law(answers: tuple[Cancellation, ...], several: bool, page: Page) -> Blocks:
    """The law's answer on the last day by subscription, then the notes of its provisions once."""
    ids = {id for answer in answers if answer.law for way in answer.law.ways for id in way.provisions}
    return stack(
        *(_law_of_one(each, several, page) for each in answers),
        law_notes(answers, page),
        provisions_section(in_order(ids), page) if ids else None,
    )


def _law_of_one(answer: Cancellation, several: bool, page: Page) -> Blocks:
    sentence = law_sentence(answer, page)
    if several and sentence is not None:
        sentence = Paragraph(f"{answer.subscription}: {sentence.text}")
    return stack(sentence, law_rows(answer, page))


def _asked(subject: str, explanation: Explanation, reasons: tuple[Reason, ...], page: Page) -> Paragraph:
    """The subject asked for, and its value."""
    line = explanation.invoice(subject)
    if line is not None:
        answer = page.words(*_line(line, page))
    elif reasons:
        its = [effect for effect in reasons[-1].effects if effect.about == subject]
        answer = page.words(*(_effect(effect, reasons[-1], page) for effect in its))
    else:
        answer = page.words(Message("no decision has set it"))
    return Paragraph(f"{subject}: {answer}" if answer else subject)


def _line(line: Invoice, page: Page) -> list[Message]:
    parts = [
        Message("{line}, {amount:kr} on {day}", line=page.words(LINES[line.kind]), amount=line.amount, day=line.due)
    ]
    if line.paid_on is not None and line.amount > 0:
        parts.append(Message("paid on {day}", day=line.paid_on))
    if line.interest:
        parts.append(Message("{amount:kr} interest, apart", amount=line.interest))
    return parts


def _interest(interest: InterestOfLine | None, page: Page) -> Blocks:
    """The arithmetic of a line's interest; nothing where it bore none."""
    if interest is None or not interest.rows:
        return ()
    _, rows = page.translate, interest.rows
    table = page.table(
        page.dates(_("first day"), [row.starts for row in rows]),
        page.dates(_("last day"), [days_after(row.ends, -1) for row in rows]),
        page.numbers(_("days"), [row.days for row in rows]),
        page.amounts(_("amount open"), [row.open for row in rows]),
        Column(_("rate"), [_rate(row, page) for row in rows]),
        page.numbers(_("days in the year"), [row.days_of_year for row in rows]),
        Column(_("interest"), [_exact(row, page) for row in rows], right=True),
    )
    rule = Message(
        "Each row: the days × what is open × the rate / the days in the year. The rate is the reference rate of the "
        "half-year plus a supplement fixed by law (renteloven § 5)"
    )
    rounding = Message(
        "The sum, {exact} kr., is rounded once, to {rounded:kr}; sums are cut off at four decimals here",
        exact=_exact(interest, page),
        rounded=interest.rounded,
    )
    provisional = Message("A rate marked provisional rests on one source only and may still change")
    parts = [rule, rounding, *([provisional] if any(row.is_provisional for row in rows) else [])]
    if any(row.reference_rate + row.surcharge < 0 for row in rows):
        parts.append(Message("A rate of interest below 0 counts as 0"))
    return stack(section(_("Interest"), table, *(page.say(each) for each in parts)))


def _rate(row: InterestRow, page: Page) -> str:
    """`0.05 % + 8.00 %`"""
    rate = f"{page.language.percent(row.reference_rate)} + {page.language.percent(row.surcharge)}"
    return page.words(Message("{rate} (provisional)", rate=rate)) if row.is_provisional else rate


def _exact(sum: InterestRow | InterestOfLine, page: Page) -> str:
    """`2.9494…`, without the dots where nothing was cut off."""
    return page.language.decimals(sum.exact, DECIMALS) + ("" if sum.is_whole else "…")


def _reason(reason: Reason, several: bool, page: Page) -> Definitions:
    _, decision = page.translate, reason.decision
    rows = {
        _("clause"): _clause(decision, page),
        _("why"): page.words(decision.because),
        _("effect"): _effects(reason, page),
    }
    given = (Definition(label, (text,)) for label, text in rows.items() if text)
    return Definitions(tuple(given), _title(decision, several, page))


def _title(decision: Decision, several: bool, page: Page) -> str:
    name = page.words((EVENTS | DEADLINES)[decision.event])
    if several and decision.subscription is not None:
        name = f"{name} ({decision.subscription})"
    return page.words(Message("{day}: {event}", day=decision.date, event=name))


def _clause(decision: Decision, page: Page) -> str:
    of = clause(decision.clause)
    return page.words(
        Message(
            "{heading}, paragraph {paragraph} ({id})", heading=heading(of, page), paragraph=paragraph(of.id), id=of.id
        )
    )


def _effects(reason: Reason, page: Page) -> str:
    if reason.refused is not None:
        return page.words(Message("refused: nothing changes"))
    changed = {effect.what for effect in reason.effects}
    effects = (effect for effect in reason.effects if _SAID_BY.get(effect.what) not in changed)
    return page.words(*(_effect(effect, reason, page) for effect in effects if not _is_of_new_line(effect, reason)))


def _is_of_new_line(effect: Effect, reason: Reason) -> bool:
    """Whether the effect is the open amount of a line issued by the same decision, which one sentence covers."""
    return effect.what == "open" and any(e.what == "issued" and e.about == effect.about for e in reason.effects)


def _effect(effect: Effect, reason: Reason, page: Page) -> Message:
    _, what, after = page.translate, effect.what, effect.after
    if what == "state":
        return Message("now {state}", state=page.words(STATES[str(after)]))
    if what == "access":
        return _ACCESS[str(after)]
    if what in DUTIES and effect.about.startswith("duty:"):
        if after in (None, reason.decision.date):
            return DUTIES[what]
        return Message("{duty} by {day}", duty=page.words(DUTIES[what]), day=after)
    if what in ROUTES:
        return _way(page.words(ROUTES[what]), effect)
    if what == "issued":
        return _issued(effect, reason)
    template = _SAID[what] if after else _SAID_OF_NOTHING.get(what, _SAID[what])
    return template.fill(number=_number(effect), after=after)


def _issued(effect: Effect, reason: Reason) -> Message:
    amount = effect.after
    left = next((each.after for each in reason.effects if each.what == "open" and each.about == effect.about), 0)
    how = "open" if left == amount else "in part" if left else "settled"
    return _ISSUED[how].fill(number=_number(effect), amount=amount, open=left)


def _number(effect: Effect) -> str:
    return effect.about.partition(":")[2]


def _way(way: str, effect: Effect) -> Message:
    if effect.after == "closed":
        return Message("way out by {way} closed", way=way)
    if effect.after == "open":
        return Message("way out by {way} open", way=way)
    return Message("way out by {way} open until {day}", way=way, day=effect.after)
