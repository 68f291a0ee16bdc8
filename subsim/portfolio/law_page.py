"""The page of `portfolio law`."""

from typing import Any

from subsim.basics.notation import day_from_iso, ore_of
from subsim.basics.texts import Message, Plural
from subsim.engine.labels import LAW_ROUTES
from subsim.membership.events import KINDS
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.law.information import information
from subsim.pages.law.words import UNCONFIRMED
from subsim.pages.text import Page
from subsim.portfolio.summary_page import records


def law_page(summary: dict[str, Any], page: Page) -> Blocks:
    """The summary of the law as tables, with the note that it is information."""
    title = Message("What the law gives beside the contract, by provision, for a notice of {day}", day=day_of(summary))
    return stack(
        page.say(records(summary)),
        page.say(
            Message(
                "The law column covers {covered} of {members}; mandatory law, as read here, gives "
                "{surely} of them more than the contract for certain, and {less} for certain or arguably",
                covered=summary["covered"],
                members=Plural("{n} member", "{n} members", n=summary["replayed"]),
                surely=summary["surely_given_less"],
                less=summary["given_less"],
            )
        ),
        section(page.words(title), _provisions(summary["provisions"], page)),
        information(page),
    )


def day_of(summary: dict[str, Any]) -> Any:
    """The last day replayed."""
    return day_from_iso(summary["until"])


def _provisions(rows: list[dict[str, Any]], page: Page) -> Table | None:
    if not rows:
        return None
    kinds = [page.words(KINDS[row["kind"]]) if row["kind"] else "" for row in rows]
    return page.table(
        Column(page.words(Message("provision")), [_provision(row, page) for row in rows]),
        page.names(page.words(Message("way out")), LAW_ROUTES, [row["route"] for row in rows]),
        Column(page.words(Message("kind")), kinds),
        page.numbers(page.words(Message("subscriptions")), [row["subscriptions"] for row in rows]),
        page.numbers(page.words(Message("for certain")), [row["surely"] for row in rows]),
        page.numbers(page.words(Message("days, sure")), [row["sure_days"] for row in rows]),
        page.numbers(page.words(Message("arguable")), [row["arguable_days"] for row in rows]),
        page.amounts(page.words(Message("kr., sure")), [ore_of(row["sure_amount"]) for row in rows]),
        page.amounts(page.words(Message("arguable")), [ore_of(row["arguable_amount"]) for row in rows]),
    )


def _provision(row: dict[str, Any], page: Page) -> str:
    letters = f"{row['confidence']}, {page.words(UNCONFIRMED)}" if row["confidence"] == "m" else row["confidence"]
    return f"{row['provision']} ({letters})"
