"""The page of a comparison of two headers."""

from typing import Any

from subsim.basics.notation import ore_of
from subsim.basics.texts import Message, Plural
from subsim.engine.labels import ROUTES
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.text import Page
from subsim.portfolio.summary_page import records

_FATES = {
    "sooner": Message("ends sooner"),
    "later": Message("ends later"),
    "now_ending": Message("now ends"),
    "no_longer_ending": Message("no longer ends"),
    "now_signed_up": Message("is now signed up"),
    "no_longer_signed_up": Message("is no longer signed up"),
}
_CHARGED = {"more": Message("is charged more"), "less": Message("is charged less")}
_WAYS = {"gained": Message("gains a way out"), "lost": Message("loses a way out")}
_SUMS = {
    "charged": Message("charged"),
    "paid": Message("paid"),
    "refunded": Message("refunded"),
    "adjusted": Message("credit adjusted"),
    "owed": Message("owed"),
    "interest": Message("interest"),
}


def compare_page(summary: dict[str, Any], page: Page) -> Blocks:
    """The summary of a comparison as tables."""
    compared, unchanged = summary["compared"], summary["unchanged"]
    members = Plural("{n} member compared", "{n} members compared", n=compared)
    template = Message("{members}; for {unchanged} of them nothing changes")
    return stack(
        page.say(records(summary)),
        page.say(template.fill(members=members, unchanged=unchanged)),
        section(page.words(Message("Members for whom something changes")), _members(summary, page)),
        section(page.words(Message("Ways out gained and lost")), _routes(summary["routes"], page)),
        section(page.words(Message("Money (DKK)")), _totals(summary["totals"], page)),
        section(page.words(Message("The most affected members (DKK charged)")), _most_affected(summary, page)),
    )


def _members(summary: dict[str, Any], page: Page) -> Table | None:
    """The number of members by change, without changes for none, and the DKK charged more or less."""
    charged = summary["charged"]
    numbers = {how: charged[how]["members"] for how in _CHARGED} | summary["ends"] | summary["ways_out"]
    names = {name: words for name, words in (_CHARGED | _FATES | _WAYS).items() if numbers[name]}
    if not names:
        return None
    amounts = [ore_of(charged[name]["amount"]) if name in charged else None for name in names]
    return page.table(
        page.names(page.words(Message("what changes")), names, list(names)),
        page.numbers(page.words(Message("members")), [numbers[name] for name in names]),
        page.amounts(page.words(Message("kr.")), amounts),
    )


def _routes(routes: list[dict[str, Any]], page: Page) -> Table | None:
    if not routes:
        return None
    return page.table(
        page.names(page.words(Message("way out")), ROUTES, [row["route"] for row in routes]),
        page.numbers(page.words(Message("gained by")), [row["gained"] for row in routes]),
        page.numbers(page.words(Message("lost by")), [row["lost"] for row in routes]),
    )


def _totals(totals: dict[str, dict[str, str]], page: Page) -> Table:
    rows = totals.values()
    return page.table(
        page.names("", _SUMS, list(totals)),
        page.amounts(page.words(Message("before")), [ore_of(row["before"]) for row in rows]),
        page.amounts(page.words(Message("after")), [ore_of(row["after"]) for row in rows]),
        page.amounts(page.words(Message("change")), [ore_of(row["change"]) for row in rows]),
    )


def _most_affected(summary: dict[str, Any], page: Page) -> Table | None:
    rows = summary["most_affected"]
    if not rows:
        return None
    return page.table(
        page.numbers(page.words(Message("line no.")), [row["line"] for row in rows]),
        Column(page.words(Message("member")), [row["member"] or "" for row in rows]),
        page.amounts(page.words(Message("before")), [ore_of(row["charged_before"]) for row in rows]),
        page.amounts(page.words(Message("after")), [ore_of(row["charged_after"]) for row in rows]),
        page.amounts(page.words(Message("change")), [ore_of(row["charged_change"]) for row in rows]),
        page.numbers(page.words(Message("days apart")), [row["days_apart"] or "" for row in rows]),
    )
