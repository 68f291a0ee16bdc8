"""The page of `portfolio retention`."""

from typing import Any

from subsim.basics.notation import day_from_iso
from subsim.basics.texts import Message, Plural
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.text import Page
from subsim.portfolio.summary_page import records
from subsim.retention.labels import STATUSES
from subsim.retention.wording import Names
from subsim.terms.policies import Policy

LISTS = {
    "disposals": Message("to be disposed of"),
    "kept": Message("kept longer"),
    "unclear": Message("unclear"),
    "overdue": Message("past its last day"),
    "requests": Message("requests to answer"),
}
"""The title of each list, in order."""
_MOST_DAYS = 40
"""The most rows of a table by day; a longer period has rows by month."""


def retention_page(summary: dict[str, Any], page: Page, policy: Policy) -> Blocks:
    """The summary of the lists as tables, after one sentence."""
    if "from" not in summary:
        return stack(page.say(records(summary)), page.say(_disposed(summary)))
    title = Message("By clause")
    return stack(
        page.say(records(summary)),
        page.say(_sentence(summary)),
        page.say(_disposed(summary)) if "disposed" in summary else None,
        section(
            page.words(Message("By day, category and clause")), _days(summary["by_day"], Names(policy, page), page)
        ),
        section(page.words(title), _clauses(summary["by_clause"], page)),
        section(page.words(Message("Falls due by month")), _months(summary["months"], page)),
        section(page.words(Message("Holdings by status")), _statuses(summary["holdings"], page)),
    )


def _sentence(summary: dict[str, Any]) -> Message:
    return Plural(
        "{n} holding of {members} of {replayed} members is due from {first} to {last}; {overdue} overdue",
        "{n} holdings of {members} of {replayed} members are due from {first} to {last}; {overdue} overdue",
        n=summary["disposals"],
        first=day_from_iso(summary["from"]),
        last=day_from_iso(summary["to"]),
        members=summary["members_with_disposals"],
        replayed=summary["replayed"],
        overdue=summary["overdue"],
    )


def _disposed(summary: dict[str, Any]) -> Message:
    return Plural(
        "{n} holding was disposed of since {day}: to be erased anew in what is restored from before",
        "{n} holdings were disposed of since {day}: to be erased anew in what is restored from before",
        n=summary["disposed"],
        day=day_from_iso(summary["disposed_since"]),
    )


def _days(rows: list[dict[str, Any]], names: Names, page: Page) -> Table | None:
    if not rows or len(rows) > _MOST_DAYS:
        return None
    return page.table(
        page.dates(page.words(Message("at the latest")), [day_from_iso(row["date"]) for row in rows]),
        Column(page.words(Message("category")), [names.category(row["category"]) for row in rows]),
        Column(page.words(Message("clause")), [row["clause"] for row in rows]),
        page.numbers(page.words(Message("holdings")), [row["holdings"] for row in rows]),
    )


def _clauses(rows: list[dict[str, Any]], page: Page) -> Table | None:
    if not rows:
        return None
    lists = [page.numbers(page.words(words), [row[name] for row in rows]) for name, words in LISTS.items()]
    return page.table(Column(page.words(Message("clause")), [row["clause"] or "" for row in rows]), *lists)


def _months(rows: list[dict[str, Any]], page: Page) -> Table:
    clauses = [", ".join(f"{clause}: {number}" for clause, number in row["by_clause"].items()) for row in rows]
    return page.table(
        Column(page.words(Message("month")), [row["month"] for row in rows]),
        page.numbers(page.words(Message("holdings")), [row["holdings"] for row in rows]),
        Column(page.words(Message("clauses")), clauses),
    )


def _statuses(holdings: dict[str, int], page: Page) -> Table:
    return page.table(
        page.names(page.words(Message("status")), STATUSES, list(holdings)),
        page.numbers(page.words(Message("holdings")), holdings.values()),
    )
