"""The page of the coverage of a run."""

from subsim.basics.texts import Message
from subsim.checks.coverage import KINDS, Coverage, Kind
from subsim.pages.blocks import Blocks, Bullets, Column, Paragraph, section, stack
from subsim.pages.text import Page

_NAMES: dict[Kind, Message] = {
    "clauses": Message("clauses"),
    "points": Message("contested points"),
    "readings": Message("readings"),
    "transitions": Message("transitions"),
    "routes": Message("routes"),
}
_APART = dict.fromkeys(KINDS, ", ") | {"transitions": "; "}
"""The separator of items; the name of a transition has spaces."""


def coverage_page(coverage: Coverage, page: Page) -> Blocks:
    """How many of each kind are exercised, and then what none of the scenarios exercises."""
    _ = page.translate
    table = page.table(
        Column(_("modelled"), [page.words(_NAMES[kind]) for kind in KINDS]),
        Column(_("exercised"), [str(coverage.exercised(kind)) for kind in KINDS], right=True),
        Column(_("in all"), [str(len(coverage.files[kind])) for kind in KINDS], right=True),
    )
    return stack(table, section(_("Exercised by no scenario"), _missing(coverage, page)))


def _missing(coverage: Coverage, page: Page) -> Bullets | None:
    lists = {kind: _APART[kind].join(coverage.missing(kind)) for kind in KINDS if coverage.missing(kind)}
    words = (page.words(Message("{kind}: {items}", kind=_NAMES[kind], items=items)) for kind, items in lists.items())
    return Bullets(tuple(map(Paragraph, words))) if lists else None
