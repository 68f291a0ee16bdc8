"""The page of `cheapest-exit`: one sentence, the account, and all ways by cost."""

from collections.abc import Iterator, Sequence

from subsim.answers.cheapest_exit import Advice, CheapestExit
from subsim.basics.dates import Day, days_after, days_between
from subsim.basics.texts import Message
from subsim.engine.labels import ROUTES
from subsim.engine.ways import WAYS
from subsim.pages.account import account_words
from subsim.pages.answer import cost, no_way_out, still_to_pay_words
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.law.sentence import law_sentence
from subsim.pages.law.table import law_blocks
from subsim.pages.text import Page
from subsim.terms.terms import UNITS


def cheapest_exit_page(found: CheapestExit, page: Page) -> Blocks:
    """The page of `cheapest-exit`: the cheapest way out, the reason for its last day, and the others."""
    return stack(
        law_sentence(found.now, page),
        page.say(*cheapest_words(found, page)),
        page.say(*account_words(found.account)),
        *(page.say(Message("Why: {reason}", reason=page.words(best.because))) for best in found.advice[:1]),
        section(ways_title(found, page), ways_table(found.advice, page)),
        law_blocks(found.now, page),
    )


def cheapest_words(found: CheapestExit, page: Page) -> Iterator[Message]:
    """The cheapest way out, or that there is none, and the end in force."""
    if found.standing is not None:
        yield Message("The subscription ends on {end} already", end=found.standing.ends_on)
        yield still_to_pay_words(found.standing.still_to_pay)
    if found.advice:
        best = found.advice[0]
        yield Message("Cheapest: {notice}", notice=_notice(best, found.now.date, page))
        yield _end(best, page)
        yield cost(best.route, best.refund, best.still_to_pay)
    elif found.standing is not None:
        yield Message("no way out ends it sooner")
    elif found.now.state in (None, "ended"):
        yield no_way_out(found.now)
    else:
        yield Message("No way out is open by {day}", day=found.until)


def _notice(advice: Advice, today: Day, page: Page) -> Message:
    """What the member does for it, and when Kabelplus has it."""
    if advice.first == advice.last:
        when = Message("received on {day}", day=advice.first)
    elif advice.first == today:
        when = Message("received by {last}", last=advice.last)
    else:
        when = Message("received from {first} to {last}", first=advice.first, last=advice.last)
    if WAYS[advice.route].is_withdrawal:
        return Message("a withdrawal {when}", when=when)
    return Message("a notice {when} ({way})", when=when, way=page.words(ROUTES[advice.route]))


def _end(advice: Advice, page: Page) -> Message:
    days = days_between(advice.first, advice.ends_on)
    if not advice.moves_along:
        return Message(
            "the subscription ends on {end} (last day of service {last})",
            end=advice.ends_on,
            last=days_after(advice.ends_on, -1),
        )
    if days == 0:
        return Message("the subscription ends that same day")
    count = UNITS["days"].fill(n=days)
    return Message("the subscription ends {days} after the notice", days=count)


def ways_title(found: CheapestExit, page: Page) -> str:
    """The title of the table of ways out, with the days of notice."""
    words = Message(
        "Ways out for a notice received from {day} to {until}, if nothing else happens; the cheapest first",
        day=found.now.date,
        until=found.until,
    )
    return page.words(words)


def ways_table(ways: Sequence[Advice], page: Page) -> Table | None:
    """The ways out with their days of notice, ends and costs; nothing where there is none."""
    _ = page.translate
    if not ways:
        return None
    return page.table(
        Column(_("give notice"), [_days(way.first, way.last, page) for way in ways]),
        page.names(_("way out"), ROUTES, [way.route for way in ways]),
        Column(_("ends on"), [_days(way.ends_on, way.end_of(way.last), page) for way in ways]),
        page.amounts(_("still to pay"), [way.still_to_pay for way in ways]),
        page.amounts(_("refund"), [way.refund or None for way in ways]),
        page.amounts(_("falls away"), [way.falls_away or None for way in ways]),
        Column(_("clauses"), [", ".join(way.clauses) for way in ways]),
    )


def _days(first: Day, last: Day, page: Page) -> str:
    short = page.short_day
    return short(first) if first == last else f"{short(first)} - {short(last)}"
