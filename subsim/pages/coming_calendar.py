"""What comes as a calendar (RFC 5545)."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from json import dumps
from typing import TYPE_CHECKING

from subsim.answers.coming import Coming, Item
from subsim.basics.dates import days_after, start_of
from subsim.basics.texts import Message
from subsim.pages.coming import item_words
from subsim.pages.text import Page

if TYPE_CHECKING:
    from subsim.answers.ask import AnyComing
    from subsim.answers.every_world import ComingInDoubt


def coming_calendar(asked: "AnyComing", page: Page) -> bytes:
    """The items as an iCalendar, each an event of a whole day. Its id is the same whichever day the question is asked.

    Where facts are in doubt, an item that is not certain says on which facts it depends.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//subsim//coming//EN")
    calendar.add("version", "2.0")
    found = asked if isinstance(asked, Coming) else asked.first
    items: Iterable[tuple[Item, Message | None]]
    items = [(item, None) for item in asked.items] if isinstance(asked, Coming) else _in_doubt(asked)
    seen: dict[str, int] = {}
    for item, only_if in items:
        event, id = Event(), _id(found, item)
        seen[id] = seen.get(id, 0) + 1
        event.add("uid", f"{id}-{seen[id]}@subsim")
        event.add("dtstamp", start_of(found.date))
        event.add("dtstart", item.date)
        event.add("dtend", days_after(item.date, 1))
        event.add("transp", "TRANSPARENT")
        facts = () if only_if is None else (only_if,)
        event.add("summary", f"Kabelplus: {page.words(_summary(item, page), *facts)}")
        event.add("description", page.words(item.because, Message("clause {clause}", clause=item.clause), *facts))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _in_doubt(asked: "ComingInDoubt") -> Iterator[tuple[Item, Message | None]]:
    from subsim.answers.in_doubt.words import rows_words  # few files are in doubt
    from subsim.pages.in_doubt import named

    for entry in asked.entries("coming"):
        facts = rows_words(entry.facts, named(asked.found.doubts))
        yield entry.value, None if entry.in_any_case else Message("only if {facts}", facts=facts)


def _summary(item: Item, page: Page) -> Message:
    if item.duty is not None:
        return item.because
    words = item_words(item, page)
    return words if item.amount is None else words + Message("{amount:kr}", amount=item.amount)


def _id(found: Coming, item: Item) -> str:
    """The id of an item, the same at every question: from member, subscription, kind, date and end."""
    key = [found.whose, found.subscription, item.kind, item.duty, str(item.date), str(item.ends_on)]
    return sha256(dumps(key).encode()).hexdigest()[:32]
