"""What people read of what comes, as a table; and the same as a calendar (RFC 5545)."""

from hashlib import sha256
from json import dumps

from subsim.answers.coming import Coming, Item
from subsim.basics.dates import days_after, start_of
from subsim.basics.texts import Message
from subsim.engine.labels import COMING
from subsim.pages.account import account_words
from subsim.pages.blocks import Blocks, Column, Table, section, stack
from subsim.pages.law import law_blocks, law_sentence
from subsim.pages.text import Page


def coming_page(found: Coming, page: Page) -> Blocks:
    """What the member owes, and all that comes in order of date."""
    _ = page.translate
    title = Message(
        "What comes from {day} to {until}, if nothing else happens: {subscription}",
        day=found.date,
        until=found.until,
        subscription=found.subscription,
    )
    return stack(
        law_sentence(found.now, page),
        page.say(*account_words(found.account)),
        section(page.words(title), coming_table(found, page)) or page.say(title, Message("nothing")),
        page.say(
            Message("On some days every notice ends the subscription on a day of its own: no last day is told of it")
        )
        if found.moves_along
        else None,
        law_blocks(found.now, page),
    )


def coming_table(found: Coming, page: Page) -> Table | None:
    """The items as a table; empty where nothing comes."""
    _, items = page.translate, found.items
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
        return COMING[item.kind]
    return Message("last day to give notice for {end}", end=page.language.short_day(item.ends_on))


def coming_calendar(found: Coming, page: Page) -> bytes:
    """The items as an iCalendar, each an event of the whole day; its ids are those of every other day's question."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//subsim//coming//EN")
    calendar.add("version", "2.0")
    seen: dict[str, int] = {}
    for item in found.items:
        event, id = Event(), _id(found, item)
        seen[id] = seen.get(id, 0) + 1
        event.add("uid", f"{id}-{seen[id]}@subsim")
        event.add("dtstamp", start_of(found.date))
        event.add("dtstart", item.date)
        event.add("dtend", days_after(item.date, 1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", _summary(item, page))
        event.add("description", page.words(item.because, Message("clause {clause}", clause=item.clause)))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(item: Item, page: Page) -> str:
    words = item_words(item, page)
    if item.duty is not None:
        words = item.because
    elif item.amount is not None:
        words += Message("{amount:kr}", amount=item.amount)
    return f"Kabelplus: {page.words(words)}"


def _id(found: Coming, item: Item) -> str:
    """What tells an item from every other, whenever it is asked for: member, subscription, kind, date, end."""
    key = [found.whose, found.subscription, item.kind, item.duty, str(item.date), str(item.ends_on)]
    return sha256(dumps(key).encode()).hexdigest()[:32]
