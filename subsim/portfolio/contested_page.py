"""The page of `portfolio contested`: the amounts that depend on each unclear clause."""

from typing import Any

from subsim.basics.notation import ore_of
from subsim.basics.texts import Message, Plural
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.text import Page
from subsim.portfolio.summary_page import records


def contested_page(summary: dict[str, Any], page: Page) -> Blocks:
    """The summary of the contested points as tables; nothing is settled where no member was replayed."""
    if not summary["replayed"]:
        return stack(page.say(records(summary)))
    return stack(
        page.say(records(summary)),
        page.say(
            Message(
                "How an unclear clause is read decides what comes of {depending} of {members}; "
                "{charged:kr} is charged as the terms are read here",
                depending=summary["depending"],
                members=Plural("{n} member", "{n} members", n=summary["replayed"]),
                charged=ore_of(summary["charged"]),
            )
        ),
        section(page.words(Message("What each other reading changes")), _readings(summary["readings"], page)),
        section(page.words(Message("Settled: no other reading changes anything")), _settled(summary["settled"], page)),
        section(page.words(Message("Personal data: what each other reading changes")), _data(summary, page)),
    )


def _data(summary: dict[str, Any], page: Page) -> Table | None:
    rows = summary.get("data_readings")
    if not rows:
        return None
    return page.table(
        Column(page.words(Message("point")), [page.translate(row["point"]) for row in rows]),
        Column(page.words(Message("reading")), [page.translate(row["reading"]) for row in rows]),
        page.numbers(page.words(Message("holdings")), [row["records"] for row in rows]),
        page.numbers(page.words(Message("requests")), [row["requests"] for row in rows]),
        page.numbers(page.words(Message("members")), [row["members"] for row in rows]),
        page.numbers(page.words(Message("days")), [row["days_apart"] or "" for row in rows]),
        page.numbers(page.words(Message("one-sided")), [row["one_sided"] or "" for row in rows]),
    )


def _readings(rows: list[dict[str, Any]], page: Page) -> Table | None:
    if not rows:
        return None

    def numbers(heading: Message, name: str) -> Column:
        return page.numbers(page.words(heading), [row[name] or "" for row in rows])

    return page.table(
        Column(page.words(Message("point")), [page.translate(row["point"]) for row in rows]),
        Column(page.words(Message("reading")), [page.translate(row["reading"]) for row in rows]),
        page.amounts(page.words(Message("kr. apart")), [ore_of(row["charged_apart"]) for row in rows]),
        page.amounts(page.words(Message("kr. net")), [ore_of(row["charged_change"]) for row in rows]),
        page.numbers(page.words(Message("members")), [row["members"] for row in rows]),
        numbers(Message("days"), "days_apart"),
        numbers(Message("one-sided"), "one_sided_ends"),
        numbers(Message("not replayed"), "not_replayed"),
        Column(page.words(Message("clauses")), [", ".join(row["clauses"]) for row in rows]),
    )


def _settled(points: list[dict[str, Any]], page: Page) -> Table | None:
    if not points:
        return None
    return page.table(
        Column(page.words(Message("point")), [page.translate(row["point"]) for row in points]),
        Column(page.words(Message("clauses")), [", ".join(row["clauses"]) for row in points]),
    )
