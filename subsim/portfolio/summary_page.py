"""The page of `portfolio run`."""

from typing import Any

from subsim.basics.notation import day_from_iso, ore_of
from subsim.basics.texts import Message, Plural
from subsim.engine.labels import END_REASONS, EVENTS, STATES
from subsim.pages.blocks import Blocks, Column, Section, Table, section, stack
from subsim.pages.text import Page

PHASES = {**STATES, "none": Message("none accepted")}


def summary_page(summary: dict[str, Any], page: Page) -> Blocks:
    """The summary of a run as tables."""
    return stack(
        page.say(records(summary)),
        section(page.words(Message("Members by phase")), _phases(summary, page)),
        section(page.words(Message("Ends by month and reason")), _ends(summary["ends"], page)),
        section(page.words(Message("Money by month (DKK)")), _months(summary, page)),
        section(page.words(Message("Open exits on the day of each announcement")), _exits(summary, page)),
    )


def records(summary: dict[str, Any]) -> Message:
    """The number of records, and of those rejected, with where the reasons stand."""
    found = {
        "records": Plural("{n} record", "{n} records", n=summary["records"]),
        "until": day_from_iso(summary["until"]),
        "rejected": summary["rejected"],
    }
    if summary["rejected"]:
        return Message("{records} until {until}, {rejected} of them rejected: the table `rejected` says why", **found)
    return Message("{records} replayed until {until}, {rejected} of them rejected", **found)


def duplicates_block(summary: dict[str, Any], page: Page) -> Section | None:
    """The members who are in the input twice; None without any."""
    number, first = summary["duplicates"], summary["first_duplicates"]
    if not number:
        return None
    title = Plural(
        "{n} record is of a member who stands in an earlier line",
        "{n} records are of a member who stands in an earlier line",
        n=number,
    )
    table = page.table(
        page.numbers(page.words(Message("line no.")), [each["line"] for each in first]),
        page.numbers(page.words(Message("first in")), [each["first_line"] for each in first]),
        Column(page.words(Message("member")), [each["member"] for each in first]),
    )
    return section(page.words(title), table)


def _phases(summary: dict[str, Any], page: Page) -> Table:
    members, subscriptions = summary["members"], summary["subscriptions"]
    return page.table(
        page.names(page.words(Message("phase")), PHASES, list(members)),
        page.numbers(page.words(Message("members")), members.values()),
        page.numbers(page.words(Message("subscriptions")), [subscriptions.get(phase, "") for phase in members]),
    )


def _ends(ends: list[dict[str, Any]], page: Page) -> Table | None:
    if not ends:
        return None
    return page.table(
        Column(page.words(Message("month")), [end["month"] for end in ends]),
        page.names(page.words(Message("reason")), END_REASONS, [end["reason"] for end in ends]),
        page.numbers(page.words(Message("subscriptions")), [end["subscriptions"] for end in ends]),
    )


def _months(summary: dict[str, Any], page: Page) -> Table | None:
    rows = summary["months"]
    if not rows:
        return None
    names = {
        "billed": Message("billed"),
        "paid": Message("paid"),
        "refunded": Message("refunded"),
        "adjusted": Message("credit adjusted"),
        "owed": Message("owed as the month ends"),
    }
    months = [*(row["month"] for row in rows), page.words(Message("in all"))]
    amounts = [
        page.amounts(page.words(heading), [ore_of(row[name]) for row in (*rows, summary["totals"])])
        for name, heading in names.items()
    ]
    return page.table(Column(page.words(Message("month")), months), *amounts)


def _exits(summary: dict[str, Any], page: Page) -> Table | None:
    rows = summary["announcements"]
    if not rows:
        return None
    return page.table(
        page.dates(page.words(Message("announced")), [day_from_iso(row["date"]) for row in rows]),
        page.dates(page.words(Message("effective")), [day_from_iso(row["effective"]) for row in rows]),
        page.names(page.words(Message("change")), EVENTS, [row["event"] for row in rows]),
        page.numbers(page.words(Message("members")), [row["members_with_exit"] for row in rows]),
        page.numbers(page.words(Message("subscriptions")), [row["subscriptions_with_exit"] for row in rows]),
        page.amounts(page.words(Message("revenue a month")), [ore_of(row["revenue_a_month"]) for row in rows]),
    )
