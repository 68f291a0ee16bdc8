"""The pages of `subsim members`."""

from typing import TYPE_CHECKING, Any

from subsim.basics.texts import Message

if TYPE_CHECKING:
    from subsim.answers.ask import AnyWhatIf
    from subsim.base.change import WriteResult
    from subsim.base.erasure import Erasure
    from subsim.pages.blocks import Blocks, Table
    from subsim.pages.text import Page


def line_page(words: Message, page: "Page") -> "Blocks":
    """One line."""
    from subsim.pages.blocks import Paragraph

    return (Paragraph(page.words(words)),)


def directory_page(found: dict[str, Any], page: "Page") -> "Blocks":
    """Members by id, and the id for the next page."""
    from subsim.engine.labels import STATES
    from subsim.pages.blocks import Column, Paragraph, stack

    _, members = page.translate, found["members"]
    if not members:
        return (Paragraph(_("no member is found")),)
    states = [
        ", ".join(f"{each['package']} {STATES[each['state']].text(page)}" for each in member["subscriptions"])
        for member in members
    ]
    table = page.table(
        Column(_("member"), [member["id"] for member in members]),
        Column(_("name"), [member["name"] or "" for member in members]),
        Column(_("e-mail"), [member["email"] or "" for member in members]),
        Column(_("phone"), [member["phone"] or "" for member in members]),
        Column(_("subscriptions"), states),
    )
    more = Message("there are more: --after {id}", id=found["next"])
    return stack(table, None if found["next"] is None else Paragraph(page.words(more)))


def facts_page(found: dict[str, Any], key: str, page: "Page") -> "Blocks":
    """The facts of a member in force, or if `key` is `history` every record and the answers given."""
    from subsim.pages.blocks import Paragraph, section, stack

    head = page.words(Message("Member {id}, version {version}", id=found["id"], version=found["version"]))
    facts = _facts_table(found[key], page) if found[key] else None
    answers = _answers_table(found["answers"], page) if found.get("answers") else None
    return stack(Paragraph(head), facts, section(page.translate("Answers given"), answers))


def _facts_table(rows: list[dict[str, Any]], page: "Page") -> "Table":
    from subsim.desk.view import View
    from subsim.desk.words import EVENT_NAMES
    from subsim.pages.blocks import Column

    _, view = page.translate, View(page)
    words = {
        "imported": _("imported"),
        "recorded": _("recorded"),
        "corrected": _("corrected"),
        "retracted": _("retracted"),
    }
    events = [row["event"] or {} for row in rows]
    return page.table(
        page.numbers(_("fact"), [row["fact"] for row in rows]),
        Column("", [words[row["action"]] if "action" in row else "" for row in rows]),
        Column(_("date"), [view.days(event["date"]) if event else "" for event in events], right=True),
        Column(_("event"), [EVENT_NAMES[event["event"]].text(page) if event else "" for event in events]),
        Column(_("recorded"), [view.instant(row["recorded_at"]) for row in rows]),
        Column(_("by"), [row["recorded_by"] or "" for row in rows]),
        Column(_("note"), [row["note"] or "" for row in rows]),
        Column(_("fields"), [view.fields(event) if event else "" for event in events]),
    )


def _answers_table(answers: list[dict[str, Any]], page: "Page") -> "Table":
    from subsim.desk.view import View
    from subsim.pages.blocks import Column

    _, view = page.translate, View(page)
    return page.table(
        Column(_("answer of"), [view.iso(row["date"]) for row in answers], right=True),
        Column(_("subscription"), [row["subscription"] for row in answers]),
        Column(_("still"), [_("yes") if row["still"] else _("no") for row in answers]),
        Column(_("recorded"), [view.instant(row["recorded_at"]) for row in answers]),
        Column(_("by"), [row["recorded_by"] or "" for row in answers]),
        Column(_("answer"), [row["text"].partition("\n\n")[0] for row in answers]),
    )


def erasure_page(erasure: "Erasure", page: "Page", dry_run: bool) -> "Blocks":
    """The data that an erasure deleted, or would delete, and those it keeps."""
    from subsim.pages.blocks import Column, Paragraph, section, stack
    from subsim.retention.wording import Names

    names = Names(erasure.policy, page)
    if not erasure.disposed:
        head = Message("Nothing of member {id} is due on {day}", id=erasure.member, day=erasure.date)
    elif dry_run:
        head = Message("nothing is erased: this is what is due of member {id}", id=erasure.member)
    elif erasure.is_whole:
        head = Message("All of member {id} is erased; the proof remains", id=erasure.member)
    else:
        head = Message("{facts} facts of member {id} are deleted", facts=erasure.facts, id=erasure.member)
    tables = [
        page.table(
            Column(page.translate("category"), [names.category(held.category) for held in rows]),
            Column(page.translate("id"), [names.record(held.id) for held in rows]),
            page.dates(page.translate("at the latest"), [held.dispose_by for held in rows]),
            Column(page.translate("by"), [held.clause or "" for held in rows]),
        )
        if rows
        else None
        for rows in (erasure.disposed, erasure.kept)
    ]
    erased, kept = tables
    return stack(
        Paragraph(f"{page.words(head)}"),
        section(page.words(Message("Due")), erased),
        section(page.words(Message("Kept")), kept),
    )


def written_page(written: "WriteResult", page: "Page") -> "Blocks":
    """What was written, and what it changes."""
    from subsim.pages.blocks import Paragraph, stack

    head = (
        Message("nothing is stored: this is what it would change")
        if written.fact is None
        else Message("fact {fact}, version {version}", fact=written.fact, version=written.version)
    )
    return stack(Paragraph(page.words(head)), _changes(written.changes, page))


def _changes(changes: "AnyWhatIf | None", page: "Page") -> "Blocks":
    """What a write changes; a sentence where the facts are in doubt in too many ways."""
    from subsim.answers.what_if import WhatIf
    from subsim.pages.blocks import Paragraph
    from subsim.pages.what_if import what_if_page

    if changes is None:
        return (Paragraph(page.words(Message("facts are in doubt: ask what each course of events gives"))),)
    if isinstance(changes, WhatIf):
        return what_if_page(changes, page)
    from subsim.pages.every_world import what_if_in_doubt_page  # few members are in doubt

    return what_if_in_doubt_page(changes, page)
