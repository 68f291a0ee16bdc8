"""The sums of a portfolio as people read them."""

from typing import Any

from subsim.basics.dates import day_from_iso
from subsim.basics.labels import END_REASONS, EVENTS, STATES
from subsim.basics.languages import N_
from subsim.basics.money import ore_of
from subsim.basics.reasons import Because, because
from subsim.pages.text import Column, Page, stacked, titled

PHASES = {**STATES, "none": N_("none accepted")}


def summary_page(summary: dict[str, Any], page: Page) -> str:
    """The summary of a run as tables."""
    return stacked(
        page.say(records(summary)),
        titled(page.translate(N_("Members by phase")), _phases(summary, page)),
        titled(page.translate(N_("Ends by month and reason")), _ends(summary["ends"], page)),
        titled(page.translate(N_("Money by month (DKK)")), _months(summary, page)),
        titled(page.translate(N_("Open exits on the day of each announcement")), _exits(summary, page)),
    )


def records(summary: dict[str, Any]) -> Because:
    """How many records there were, and how many of them were rejected."""
    return because(
        "{records} records replayed until {until}, {rejected} of them rejected",
        records=summary["records"],
        until=day_from_iso(summary["until"]),
        rejected=summary["rejected"],
    )


def _phases(summary: dict[str, Any], page: Page) -> str:
    members, subscriptions = summary["members"], summary["subscriptions"]
    return page.table(
        page.names(page.translate(N_("phase")), PHASES, list(members)),
        page.numbers(page.translate(N_("members")), members.values()),
        page.numbers(page.translate(N_("subscriptions")), [subscriptions.get(phase, "") for phase in members]),
    )


def _ends(ends: list[dict[str, Any]], page: Page) -> str:
    if not ends:
        return ""
    return page.table(
        Column(page.translate(N_("month")), [end["month"] for end in ends]),
        page.names(page.translate(N_("reason")), END_REASONS, [end["reason"] for end in ends]),
        page.numbers(page.translate(N_("subscriptions")), [end["subscriptions"] for end in ends]),
    )


def _months(summary: dict[str, Any], page: Page) -> str:
    rows = summary["months"]
    if not rows:
        return ""
    names = {"billed": N_("billed"), "paid": N_("paid"), "refunded": N_("refunded"), "owed": N_("owed at the end")}
    months = [*(row["month"] for row in rows), page.translate(N_("in all"))]
    amounts = [
        page.amounts(page.translate(heading), [ore_of(row[name]) for row in (*rows, summary["totals"])])
        for name, heading in names.items()
    ]
    return page.table(Column(page.translate(N_("month")), months), *amounts)


def _exits(summary: dict[str, Any], page: Page) -> str:
    rows = summary["announcements"]
    if not rows:
        return ""
    return page.table(
        page.dates(page.translate(N_("announced")), [day_from_iso(row["date"]) for row in rows]),
        page.dates(page.translate(N_("effective")), [day_from_iso(row["effective"]) for row in rows]),
        page.names(page.translate(N_("change")), EVENTS, [row["event"] for row in rows]),
        page.numbers(page.translate(N_("members")), [row["members_with_exit"] for row in rows]),
        page.numbers(page.translate(N_("subscriptions")), [row["subscriptions_with_exit"] for row in rows]),
        page.amounts(page.translate(N_("revenue a month")), [ore_of(row["revenue_a_month"]) for row in rows]),
    )
