"""Provisions of the law, with their dates, how far they bind, our confidence in them, and their sources."""

from collections.abc import Iterable

from subsim.basics.texts import Message
from subsim.pages.blocks import Column, Section, section
from subsim.pages.text import Page
from subsim.terms.statutes import PROVISIONS, STANDINGS, Provision


def provisions_section(ids: Iterable[str], page: Page) -> Section | None:
    """These provisions, each with its dates, standing, confidence and sources, and what it says."""
    danish, provisions = page.language.code == "da", [PROVISIONS[id] for id in ids]
    _ = page.translate
    table = page.table(
        Column(_("provision"), [each.id for each in provisions]),
        Column(
            _("what it says"),
            [f"{each.da if danish else each.en} ({page.words(*provision_facts(each, page))})" for each in provisions],
        ),
    )
    return section(_("The provisions, in our own words"), table)


def provision_facts(provision: Provision, page: Page) -> list[Message]:
    """The dates of a provision, how far it binds, our confidence in it, and its sources."""
    _ = page.translate
    facts = [
        Message("in force from {day}, by the {date}", day=provision.starts, date=_BY[provision.by]),
        Message("{standing}", standing=STANDINGS[provision.standing]),
        Message("confidence {letters}", letters=", ".join(provision.confidence)),
    ]
    if provision.until is not None:
        facts[0] = Message(
            "in force from {day} until {until}, by the {date}",
            day=provision.starts,
            until=provision.until,
            date=_BY[provision.by],
        )
    if provision.sources:
        facts.append(Message("sources {numbers}", numbers=", ".join(provision.sources)))
    if not provision.computed:
        facts.append(Message("a note: nothing is computed"))
    return facts


_BY = {
    "sign-up": Message("date of the agreement"),
    "event": Message("date of the notice or announcement"),
    "due date": Message("due date"),
    "line": Message("date of the line"),
}
