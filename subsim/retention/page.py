"""The page of `retention`: a sentence, the data held, the requests, the reasons, and other readings."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from subsim.basics.dates import Day
from subsim.basics.texts import Message, Plural, join_words
from subsim.pages.blocks import Block, Blocks, Column, Paragraph, Section, Table, section, stack
from subsim.pages.text import Page
from subsim.retention.compare import DataComparison, DataComparisonInDoubt
from subsim.retention.labels import (
    ACTIONS,
    DATA_DUTIES,
    DATA_EVENTS,
    OUTCOMES,
    OUTCOMES_WITHOUT_DAY,
    RIGHTS,
    STATUSES,
    VERDICTS,
)
from subsim.retention.report import Asked, Doubt, Effect, Held, OtherResult, Retention
from subsim.retention.wording import Names
from subsim.terms.policies import Policy

_LISTED = 12
"""The most records of one category that have a row each."""


def retention_page(found: Retention, policy: Policy, page: Page, category: str | None = None) -> Blocks:
    """The page of `subsim retention`; of one category only, if it is named."""
    holdings = [each for each in found.holdings if category in (None, each.category)]
    _, names = page.translate, Names(policy, page)
    return stack(
        page.say(*summary(found, holdings, names)),
        _holdings(holdings, names, page),
        section(_("Requests"), _requests(found, names, page)),
        section(_("What became of them"), _effects(found, names, page, category)),
        section(_("Duties"), _duties(found, page)),
        section(_("Came too late"), _refused(found, page)),
        _why(found, holdings, page),
        _unclear(found, names, page, category),
        _other_readings(found, names, page, category),
    )


# The sentence


def summary(found: Retention, holdings: Sequence[Held], names: Names) -> Iterator[Message]:
    """What is overdue, then what falls due day by day, in a sentence."""
    there = [each for each in holdings if each.disposed_on is None]
    overdue = [each for each in there if each.status == "overdue"]
    ahead = [each for each in there if each.dispose_by is not None and each.dispose_by >= found.date]
    inactive = next((each.inactive_on for each in there if each.status == "inactive"), None)
    if not holdings:
        yield Message("Nothing is held")
        return
    if inactive is not None:
        yield Message("The data are inactive from {day}", day=inactive)
    if overdue:
        of_overdue = _categories(overdue, names)
        yield Message("{categories} should have gone by {day}", categories=of_overdue, day=_latest(overdue))
    if ahead:
        yield Plural(
            "{n} category falls due: {days}",
            "{n} categories fall due: {days}",
            n=len({each.category for each in ahead}),
            days=join_words(_by_day(ahead, names), "and"),
        )
    elif not overdue:
        yield Message("Nothing falls due")
    unclear = [each for each in there if each.status == "unclear"]
    if unclear:
        yield Message("no date can be named for {categories}", categories=_categories(unclear, names))


def _by_day(holdings: Iterable[Held], names: Names) -> Iterator[Message]:
    dated = sorted(((each.dispose_by or Day.max, each.category) for each in holdings), key=lambda each: each[0])
    for day, several in groupby(dated, key=lambda each: each[0]):
        categories = [names.category(each) for each in dict.fromkeys(sorted(category for _, category in several))]
        yield Message("{categories} by {day}", categories=join_words(categories, "and"), day=day)


def _categories(holdings: Iterable[Held], names: Names) -> Message:
    return join_words([names.category(each) for each in dict.fromkeys(held.category for held in holdings)], "and")


def _latest(holdings: Iterable[Held]) -> Day:
    return max(each.dispose_by for each in holdings if each.dispose_by is not None)


# The tables; records of one category that are alike share a row


def _holdings(holdings: Sequence[Held], names: Names, page: Page) -> Table | None:
    if not holdings:
        return None
    _ = page.translate
    return page.table(
        Column(_("category"), [names.category(each.category) for each in holdings]),
        Column(_("id"), [names.record(each.id) for each in holdings]),
        page.names(_("status"), STATUSES, [each.status for each in holdings]),
        page.dates(_("inactive from"), [each.inactive_on for each in holdings]),
        page.dates(_("use ends"), [each.use_ends_on for each in holdings]),
        page.dates(_("only stored from"), [each.restricted_from for each in holdings]),
        page.dates(_("may go from"), [each.retain_until for each in holdings]),
        page.dates(_("at the latest"), [each.dispose_by for each in holdings]),
        page.names(_("action"), ACTIONS, [each.action for each in holdings]),
        Column(_("by"), [each.clause or "" for each in holdings]),
        page.dates(_("not before"), [each.not_before for each in holdings]),
        page.dates(_("disposed on"), [each.disposed_on for each in holdings]),
        page.names(_("verdict"), VERDICTS, [each.verdict for each in holdings]),
        Column(_("kept longer by"), [_kept(each, page) for each in holdings]),
    ).gathered(1)


def _kept(held: Held, page: Page) -> str:
    kept = [
        Message("{clause} until {day}", clause=each.clause, day=each.until)
        if each.until
        else Message("{clause}", clause=each.clause)
        for each in held.kept_longer
    ]
    if held.moved_by:
        kept.append(Message("{clause}", clause=held.moved_by))
    return page.words(*kept)


def _requests(found: Retention, names: Names, page: Page) -> Table | None:
    if not found.requests:
        return None
    _, asked = page.translate, found.requests
    return page.table(
        Column(_("request"), [names.request(each.request) for each in asked]),
        page.names(_("right"), RIGHTS, [each.right for each in asked]),
        page.dates(_("received"), [each.received_on for each in asked]),
        page.dates(_("answer by"), [each.answer_by for each in asked]),
        page.dates(_("refuse by"), [each.refuse_by for each in asked]),
        page.dates(_("answered"), [each.answered_on for each in asked]),
        page.names(_("verdict"), VERDICTS, [each.verdict for each in asked]),
        Column(_("by"), [_clauses_of(each) for each in asked]),
    )


def _clauses_of(asked: Asked) -> str:
    return ", ".join(each for each in (asked.policy_clause, asked.statute_clause) if each)


def _effects(found: Retention, names: Names, page: Page, category: str | None) -> Table | None:
    rows = [(asked, each) for asked in found.requests for each in asked.outcomes if category in (None, each.category)]
    if not rows:
        return None
    _ = page.translate
    return page.table(
        Column(_("request"), [names.request(asked.request) for asked, _each in rows]),
        Column(_("category"), [names.category(each.category) for _asked, each in rows]),
        Column(_("id"), [names.record(each.id) for _asked, each in rows]),
        Column(_("outcome"), [page.words(effect_words(each)) for _asked, each in rows]),
        Column(_("by"), [", ".join(each.clauses) for _asked, each in rows]),
    ).gathered(2)


def effect_words(effect: Effect) -> Message:
    """The effect of a request on a holding, in words."""
    if effect.until is None:
        return OUTCOMES_WITHOUT_DAY[effect.outcome]
    return OUTCOMES[effect.outcome].fill(day=effect.until)


def _duties(found: Retention, page: Page) -> Table | None:
    duties = [each for each in found.duties if each.duty != "answer"]
    if not duties:
        return None
    _ = page.translate
    days = [_("no date") if each.date is None else page.language.short_day(each.date) for each in duties]
    return page.table(
        page.names(_("duty"), DATA_DUTIES, [each.duty for each in duties]),
        Column(_("by"), days),
        Column(_("clause"), [each.clause or "" for each in duties]),
    )


def _refused(found: Retention, page: Page) -> Table | None:
    if not found.refused:
        return None
    _ = page.translate
    return page.table(
        page.dates(_("date"), [each.date for each in found.refused]),
        page.names(_("event"), DATA_EVENTS, [each.event for each in found.refused]),
        Column(_("clause"), [each.clause or "" for each in found.refused]),
        Column(_("reason"), [page.words(each.because) if each.because else "" for each in found.refused]),
    )


# Why, and otherwise


def _why(found: Retention, holdings: Iterable[Held], page: Page) -> Section | None:
    reasons = [each.because for each in holdings if each.because] + [
        each.because for each in found.requests if each.because
    ]
    words = list(dict.fromkeys(page.words(each) for each in reasons))[:_LISTED]
    return section(page.translate("Why"), *(Paragraph(f"{text}.") for text in words))


def _unclear(found: Retention, names: Names, page: Page, category: str | None) -> Section | None:
    rows = [each for each in found.unclear if category in (None, each.category)]
    if not rows:
        return None
    _ = page.translate
    table = page.table(
        Column(_("what"), [_what(each, names) for each in rows]),
        Column(_("id"), [names.record(each.id or "") for each in rows]),
        Column(_("sentence without a number"), [each.clause or "" for each in rows]),
        Column(_("point"), [names.point(each.point) if each.point else "" for each in rows]),
        Column(_("readings"), [_readings(each, names) for each in rows]),
    ).gathered(1)
    return section(_("Unclear"), table)


def _what(doubt: Doubt, names: Names) -> str:
    return names.category(doubt.category) if doubt.category else names.request(doubt.request or "")


def _readings(doubt: Doubt, names: Names) -> str:
    return ", ".join(names.reading(doubt.point, each) for each in doubt.readings) if doubt.point else ""


def _other_readings(found: Retention, names: Names, page: Page, category: str | None) -> Block | None:
    rows = [each for each in found.contested if category is None or each.category in (None, category)]
    if not rows:
        return page.say(Message("No other reading would change these dates"))
    _ = page.translate
    choices = list(dict.fromkeys((each.point, each.reading) for each in rows))
    changes = [
        page.words(*_changes([each for each in rows if (each.point, each.reading) == choice], found, names))
        for choice in choices
    ]
    differences = [names.choice(*choice) for choice in choices]
    return section(
        _("Other readings"), page.table(Column(_("reading"), differences), Column(_("what it changes"), changes))
    )


def data_comparison_page(asked: DataComparison | DataComparisonInDoubt, policy: Policy, page: Page) -> Blocks:
    """The dates that differ under each profile and each single other reading of the policy.

    Where facts in doubt change them, a sentence says so.
    """
    comparison = asked if isinstance(asked, DataComparison) else asked.certain
    if comparison is None:
        return (page.say(Message("What is held about the member hangs on the facts in doubt: assume what they are")),)
    _, found = page.translate, comparison.found
    names = Names(policy, page)
    title = Message("Personal data by {policy} on {day}", policy=found.policy, day=found.date)
    same = page.words(Message("the same"))
    differences = [
        page.words(*_changes(each.changes, found, names)) if each.changes else same for each in comparison.profiles
    ]
    profiles = page.table(Column("", [_(each.profile) for each in comparison.profiles]), Column("", differences))
    return stack(
        section(page.words(title), page.say(*summary(found, found.holdings, names))),
        section(_("Under the profiles"), profiles),
        _other_readings(found, names, page, None),
    )


def _changes(others: Iterable[OtherResult], found: Retention, names: Names) -> list[Message]:
    """The changes of requests and holdings; equal ones of records of one category once."""
    alike: dict[tuple[str | None, str | None, Message], list[str]] = {}
    for each in others:
        alike.setdefault((each.request, each.category, _change(each, found)), []).append(each.id or "")
    return [
        message.fill(what=names.request(request) if request else names.held(category or "", ids))
        for (request, category, message), ids in alike.items()
    ][:_LISTED]


def _change(other: OtherResult, found: Retention) -> Message:
    """The sentence on a change."""
    if other.request is not None:
        if other.answer_by is None:
            return Message("{what}: no day for the answer")
        return Message("{what} answered by {day}", day=other.answer_by)
    usual = next((each for each in found.holdings if (each.category, each.id) == (other.category, other.id)), None)
    if usual is not None and usual.dispose_by == other.dispose_by:
        if usual.inactive_on != other.inactive_on:
            if other.inactive_on is None:
                return Message("{what} not inactive")
            return Message("{what} inactive from {day}", day=other.inactive_on)
        if other.retain_until is not None:
            return Message("{what} kept until {day}", day=other.retain_until)
    if other.dispose_by is None:
        return Message("{what}: no date")
    return Message("{what} by {day}", day=other.dispose_by)
