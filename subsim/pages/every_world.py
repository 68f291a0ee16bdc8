"""The pages of `compare`, `what-if`, `cheapest-exit` and `coming` where facts are in doubt.

Each is like the page of one world, with the facts beside everything that does not hold in all worlds.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from subsim.answers.can_cancel import Row
from subsim.answers.compare import Comparison
from subsim.answers.every_world import (
    A,
    CheapestExitInDoubt,
    ComingInDoubt,
    ComparisonInDoubt,
    Entry,
    InEveryWorld,
    OutcomeInDoubt,
    WhatIfInDoubt,
)
from subsim.answers.in_doubt.words import rows_words
from subsim.answers.what_if import WhatIf
from subsim.basics.texts import Message
from subsim.pages.account import account_words
from subsim.pages.blocks import Blocks, Bullets, Column, Lines, Paragraph, Table, columns_of, section, stack
from subsim.pages.cheapest_exit import cheapest_words, ways_table, ways_title
from subsim.pages.coming import NO_LAST_DAY, coming_table, coming_title
from subsim.pages.compare import (
    LAW_TITLE,
    READINGS_TITLE,
    asked_rows,
    law_headings,
    law_rows,
    named_law_row,
    named_row,
    profile_rows,
    reading_headings,
    reading_rows,
)
from subsim.pages.in_doubt import doubts_section, facts_that_settle, if_words, law_in_doubt, named, worlds_sentence
from subsim.pages.law.information import information
from subsim.pages.outcome import header, invoice_columns, refusal_columns
from subsim.pages.text import Page
from subsim.pages.what_if import (
    changed_headings,
    changed_rows,
    duty_columns,
    signed,
    signed_rows,
    totals_table,
    tried_block,
    until_and_profile,
)
from subsim.terms.law_points import LAW_POINTS
from subsim.terms.readings import POINTS, PROFILES, place_of_reading

# What each page shares


def _by_facts(answer: InEveryWorld[A], words: Callable[[A], Any], page: Page) -> Blocks:
    """A sentence for each world: once where all are equal, else each with its facts."""
    found = [(page.say(*parts), facts) for parts, facts in answer.by_facts(lambda each: tuple(words(each))) if parts]
    if len(found) == 1 and found[0][1] == ({},):
        return (found[0][0],)
    if not found:
        return ()
    doubts = named(answer.found.doubts)
    return (Bullets(tuple(Paragraph(text.text, f"{if_words(facts, doubts, page)}:") for text, facts in found)),)


def _with_facts(
    table: Table | None, facts: Sequence[Sequence[Row]], answer: InEveryWorld[Any], page: Page
) -> Table | None:
    """The table with a column of facts; the cell is empty where a row holds in all worlds."""
    if not isinstance(table, Table):
        return table
    doubts = named(answer.found.doubts)
    cells = ["" if each == ({},) else page.words(rows_words(each, doubts)) for each in facts]
    return page.table(*table.columns, Column(page.translate("if"), cells))


def _of_entries(
    entries: Sequence[Entry],
    table: Callable[[list[Any]], Table | None],
    answer: InEveryWorld[Any],
    page: Page,
) -> Table | None:
    """The table of entries, with the facts of each."""
    return _with_facts(table([each.value for each in entries]), [each.facts for each in entries], answer, page)


def _of_rows(
    answer: InEveryWorld[A],
    rows: Callable[[A], Sequence[tuple[str, ...]]],
    headings: Sequence[str],
    page: Page,
    order: Callable[[tuple[str, ...]], Any] | None = None,
    cells_of: Callable[[tuple[str, ...], Page], tuple[str, ...]] = lambda row, _page: row,
) -> Table | None:
    """A table of rows of cells, each different one once, with the facts of the worlds that have it.

    The rows are put in order before they are `shown` in the page's language.
    """
    worlds = answer.found.by_each(rows)
    if not worlds:
        return None
    firsts = list(dict.fromkeys(row[0] for row in worlds))
    in_order = sorted(worlds, key=order or (lambda row: firsts.index(row[0])))
    table = page.table(*columns_of([cells_of(row, page) for row in in_order], headings))
    return _with_facts(table, [tuple(answer.found.rows(worlds[row])) for row in in_order], answer, page)


def _heads(answer: InEveryWorld[Any], page: Page) -> Iterator[Paragraph]:
    """How many worlds there are, and what to ask the member about."""
    yield worlds_sentence(answer.worlds, page)
    if answer.is_one:
        yield page.say(Message("Nothing that is in doubt changes the answer"))
    else:
        yield facts_that_settle(answer.decisive, answer.found.doubts, page)


def _law(answer: InEveryWorld[Any], page: Page) -> Blocks:
    """What is certain by mandatory law."""
    return stack(law_in_doubt(answer.to_dict(), page))


# The pages


def compare_in_doubt_page(answer: ComparisonInDoubt, page: Page) -> Blocks:
    """The page of `compare` over all worlds: an answer may depend on a reading, on a fact, or on both."""
    law = _of_rows(
        answer,
        lambda found: law_rows(found, page),
        law_headings(page),
        page,
        order=_by_law_reading,
        cells_of=named_law_row,
    )
    return stack(
        header(answer.first.outcome, page),
        _heads(answer, page),
        _of_rows(answer, lambda found: asked_rows(found, page), ("", ""), page),
        section(
            page.translate("Under the profiles"),
            _of_rows(
                answer,
                lambda found: profile_rows(found, page),
                ("", ""),
                page,
                order=lambda row: [*PROFILES].index(row[0]),  # type: ignore[arg-type] # the name of a profile
                cells_of=named_row,
            ),
        ),
        section(page.words(READINGS_TITLE), _readings(answer, page)),
        stack(section(page.words(LAW_TITLE), law), information(page)) if law else None,
        doubts_section(answer.found.doubts, page),
    )


def _readings(answer: ComparisonInDoubt, page: Page) -> Table | Paragraph:
    rows: Callable[[Comparison], Sequence[tuple[str, ...]]] = lambda found: reading_rows(found, page)  # noqa: E731
    table = _of_rows(answer, rows, reading_headings(page), page, order=_by_reading, cells_of=named_row)
    nothing = Message("No single other reading changes the end, what is charged, refunded or refused")
    return table or page.say(nothing)


def _by_reading(row: tuple[str, ...]) -> tuple[int, int]:
    point, reading, _differs = row
    return place_of_reading(POINTS, point, reading)


def _by_law_reading(row: tuple[str, ...]) -> tuple[str, int, int]:
    subscription, point, reading, *_more = row
    return subscription, *place_of_reading(LAW_POINTS, point, reading)


def what_if_in_doubt_page(answer: WhatIfInDoubt, page: Page) -> Blocks:
    """The page of `what-if` over all worlds: the events tried, and what they change, with the facts."""
    _, first = page.translate, answer.first.after
    return stack(
        Lines((first.scenario,)),
        _by_facts(answer, lambda found: [until_and_profile(found)], page),
        _heads(answer, page),
        section(_("Events tried"), _tried(answer, page)),
        _by_facts(answer, _nothing, page),
        section(_("Subscriptions"), _subscriptions(answer, page)),
        section(
            signed(_("Invoices"), page),
            _signed_rows(answer, answer.entries("invoices"), lambda lines: invoice_columns(lines, first, page), page),
        ),
        section(
            signed(_("Refused"), page),
            _signed_rows(answer, _other_refusals(answer), lambda each: refusal_columns(each, first, page), page),
        ),
        section(
            signed(_("Duties"), page),
            _signed_rows(answer, answer.entries("duties"), lambda duties: duty_columns(duties, page), page),
        ),
        section(_("Totals"), _totals(answer, page)),
        doubts_section(answer.found.doubts, page),
    )


def _nothing(found: WhatIf) -> list[Message]:
    """The message that nothing changes, if so."""
    return [Message("Nothing changes until the end of {day}", day=found.after.until)] if found.changes_nothing else []


def _tried(answer: WhatIfInDoubt, page: Page) -> Table | Paragraph | None:
    tried, after = answer.entries("tried"), answer.first.after
    block = tried_block([each.value for each in tried], after, page)
    return _with_facts(block, [each.facts for each in tried], answer, page) if isinstance(block, Table) else block


def _other_refusals(answer: WhatIfInDoubt) -> list[Entry]:
    tried = [each.value for each in answer.entries("tried")]
    return [each for each in answer.entries("refused") if each.value.after not in tried]


def _signed_rows(
    answer: WhatIfInDoubt, entries: Sequence[Entry], columns: Callable[[list[Any]], list[Column]], page: Page
) -> Table | None:
    """A row for each entry that disappears or is added, with its facts."""
    facts = [each.facts for each in entries for side in (each.value.before, each.value.after) if side is not None]
    return _with_facts(signed_rows([each.value for each in entries], columns, page), facts, answer, page)


def _subscriptions(answer: WhatIfInDoubt, page: Page) -> Table | None:
    rows = lambda found: [row for each in found.subscriptions for row in changed_rows(each, found.after, page)]  # noqa: E731
    return _of_rows(answer, rows, changed_headings(page), page)


def _totals(answer: WhatIfInDoubt, page: Page) -> Table | None:
    worlds = answer.found.by_each(lambda found: found.totals.items())
    names = list(dict.fromkeys(name for name, _sum in worlds))
    in_order = sorted(worlds, key=lambda each: names.index(each[0]))
    facts = [tuple(answer.found.rows(worlds[each])) for each in in_order]
    return _with_facts(totals_table(in_order, page), facts, answer, page)


def cheapest_exit_in_doubt_page(answer: CheapestExitInDoubt, page: Page) -> Blocks:
    """The page of `cheapest-exit` over all worlds: the cheapest way out by facts, and all ways."""
    ways = _of_entries(answer.entries("advice"), lambda ways: ways_table(ways, page), answer, page)
    return stack(
        _by_facts(answer, lambda found: cheapest_words(found, page), page),
        _by_facts(answer, lambda found: account_words(found.account), page),
        _heads(answer, page),
        section(ways_title(answer.first, page), ways),
        _law(answer, page),
        doubts_section(answer.found.doubts, page),
    )


def coming_in_doubt_page(answer: ComingInDoubt, page: Page) -> Blocks:
    """The page of `coming` over all worlds: all that may come, with the facts under which it does."""
    title, items = coming_title(answer.first), coming_in_doubt_table(answer, page)
    return stack(
        _by_facts(answer, lambda found: account_words(found.account), page),
        _heads(answer, page),
        section(page.words(title), items) or page.say(title, Message("nothing")),
        _by_facts(answer, lambda found: [NO_LAST_DAY] if found.moves_along else [], page),
        _law(answer, page),
        doubts_section(answer.found.doubts, page),
    )


def coming_in_doubt_table(answer: ComingInDoubt, page: Page) -> Table | None:
    """All that may come as a table, with the facts under which it does; empty where nothing may come."""
    return _of_entries(answer.entries("coming"), lambda items: coming_table(items, page), answer, page)


def invoices_in_doubt_table(answer: OutcomeInDoubt, page: Page) -> Table | None:
    """All lines that there may be as a table, with the facts under which there are; empty where there is none."""
    table = lambda lines: page.table(*invoice_columns(lines, answer.first, page)) if lines else None  # noqa: E731
    return _of_entries(answer.entries("invoices"), table, answer, page)
