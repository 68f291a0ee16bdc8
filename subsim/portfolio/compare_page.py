"""What two headers mean for the members, as people read it."""

from typing import Any

from subsim.basics.labels import ROUTES
from subsim.basics.languages import N_
from subsim.basics.money import ore_of
from subsim.basics.reasons import because
from subsim.pages.text import Column, Page, stacked, titled
from subsim.portfolio.summary_page import records

_FATES = {
    "sooner": N_("ends sooner"),
    "later": N_("ends later"),
    "now_ending": N_("now ends"),
    "no_longer_ending": N_("no longer ends"),
    "now_signed_up": N_("is now signed up"),
    "no_longer_signed_up": N_("is no longer signed up"),
}
_CHARGED = {"more": N_("is charged more"), "less": N_("is charged less")}
_WAYS = {"gained": N_("gains a way out"), "lost": N_("loses a way out")}
_SUMS = {
    "charged": N_("charged"),
    "paid": N_("paid"),
    "refunded": N_("refunded"),
    "owed": N_("owed"),
    "interest": N_("interest"),
}


def compare_page(summary: dict[str, Any], page: Page) -> str:
    """The summary of a comparison as tables."""
    compared, unchanged = summary["compared"], summary["unchanged"]
    template = N_("{compared} members compared; for {unchanged} of them nothing changes")
    return stacked(
        page.say(records(summary)),
        page.say(because(template, compared=compared, unchanged=unchanged)),
        titled(page.translate(N_("Members for whom something changes")), _members(summary, page)),
        titled(page.translate(N_("Ways out gained and lost")), _routes(summary["routes"], page)),
        titled(page.translate(N_("Money (DKK)")), _totals(summary["totals"], page)),
        titled(page.translate(N_("The most affected members (DKK charged)")), _most_affected(summary, page)),
    )


def _members(summary: dict[str, Any], page: Page) -> str:
    """How many members each change befalls, without those that befall none; and the DKK charged more or less."""
    charged = summary["charged"]
    numbers = {how: charged[how]["members"] for how in _CHARGED} | summary["ends"] | summary["ways_out"]
    names = {name: words for name, words in (_CHARGED | _FATES | _WAYS).items() if numbers[name]}
    if not names:
        return ""
    amounts = [ore_of(charged[name]["amount"]) if name in charged else None for name in names]
    return page.table(
        page.names(page.translate(N_("what changes")), names, list(names)),
        page.numbers(page.translate(N_("members")), [numbers[name] for name in names]),
        page.amounts(page.translate(N_("kr.")), amounts),
    )


def _routes(routes: list[dict[str, Any]], page: Page) -> str:
    if not routes:
        return ""
    return page.table(
        page.names(page.translate(N_("way out")), ROUTES, [row["route"] for row in routes]),
        page.numbers(page.translate(N_("gained by")), [row["gained"] for row in routes]),
        page.numbers(page.translate(N_("lost by")), [row["lost"] for row in routes]),
    )


def _totals(totals: dict[str, dict[str, str]], page: Page) -> str:
    rows = totals.values()
    return page.table(
        page.names("", _SUMS, list(totals)),
        page.amounts(page.translate(N_("before")), [ore_of(row["before"]) for row in rows]),
        page.amounts(page.translate(N_("after")), [ore_of(row["after"]) for row in rows]),
        page.amounts(page.translate(N_("change")), [ore_of(row["change"]) for row in rows]),
    )


def _most_affected(summary: dict[str, Any], page: Page) -> str:
    rows = summary["most_affected"]
    if not rows:
        return ""
    return page.table(
        page.numbers(page.translate(N_("line no.")), [row["line"] for row in rows]),
        Column(page.translate(N_("member")), [row["member"] or "" for row in rows]),
        page.amounts(page.translate(N_("before")), [ore_of(row["charged_before"]) for row in rows]),
        page.amounts(page.translate(N_("after")), [ore_of(row["charged_after"]) for row in rows]),
        page.amounts(page.translate(N_("change")), [ore_of(row["charged_change"]) for row in rows]),
        page.numbers(page.translate(N_("days apart")), [row["days_apart"] or "" for row in rows]),
    )
