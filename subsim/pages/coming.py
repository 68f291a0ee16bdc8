"""The page of `coming`, as a table."""

from collections.abc import Sequence

from subsim.answers.coming import KINDS, Coming, Item
from subsim.basics.texts import Message
from subsim.pages.account import account_words
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.law.sentence import law_sentence
from subsim.pages.law.table import law_blocks
from subsim.pages.text import Page


def coming_page(found: Coming, page: Page) -> Blocks:
    """What the member owes, and all that comes in order of date."""
    title = coming_title(found)
    return stack(
        law_sentence(found.now, page),
        page.say(*account_words(found.account)),
        section(page.words(title), coming_table(found.items, page)) or page.say(title, Message("nothing")),
        page.say(NO_LAST_DAY) if found.moves_along else None,
        law_blocks(found.now, page),
    )


NO_LAST_DAY = Message("On some days every notice ends the subscription on a day of its own: no last day is told of it")


def coming_title(found: Coming) -> Message:
    """Of which days the table tells, and of which subscription where there are several."""
    if not found.several:
        return Message("What comes from {day} to {until}, if nothing else happens", day=found.date, until=found.until)
    return Message(
        "What comes from {day} to {until}, if nothing else happens: {subscription}",
        day=found.date,
        until=found.until,
        subscription=found.subscription,
    )


def coming_table(items: Sequence[Item], page: Page) -> Table | None:
    """The items as a table; empty where nothing comes."""
    _ = page.translate
    if not items:
        return None
    return page.table(
        page.dates(_("date"), [item.date for item in items]),
        Column(_("what comes"), [page.words(item_words(item, page)) for item in items]),
        page.amounts(_("kr."), [item.amount for item in items]),
        Column(_("clause and why"), [f"{item.clause}: {page.words(item.because)}" for item in items]),
    )


def item_words(item: Item, page: Page) -> Message:
    """What comes, in a few words."""
    if item.ends_on is None or item.kind == "withdraw_by":
        return KINDS[item.kind]
    return Message("last day to give notice for {end}", end=page.short_day(item.ends_on))
