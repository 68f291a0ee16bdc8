"""What people read of a run's coverage."""

from subsim.basics.languages import N_
from subsim.basics.reasons import because
from subsim.checks.coverage import KINDS, Coverage, Kind
from subsim.pages.text import Column, Page, stacked, titled

_NAMES: dict[Kind, str] = {
    "clauses": N_("clauses"),
    "points": N_("contested points"),
    "readings": N_("readings"),
    "transitions": N_("transitions"),
    "routes": N_("routes"),
}
_APART = dict.fromkeys(KINDS, ", ") | {"transitions": "; "}
"""What stands between two items: the name of a transition has words of its own."""


def coverage_page(coverage: Coverage, page: Page) -> str:
    """How many of each kind are exercised, and then what none of the scenarios exercises."""
    _ = page.translate
    table = page.table(
        Column(_("modelled"), [_(_NAMES[kind]) for kind in KINDS]),
        Column(_("exercised"), [str(coverage.exercised(kind)) for kind in KINDS], right=True),
        Column(_("in all"), [str(len(coverage.files[kind])) for kind in KINDS], right=True),
    )
    return stacked(table, titled(_("Exercised by no scenario"), _missing(coverage, page)))


def _missing(coverage: Coverage, page: Page) -> str:
    lists = {kind: _APART[kind].join(coverage.missing(kind)) for kind in KINDS if coverage.missing(kind)}
    return "\n".join(
        page.wrapped(
            page.words(because("{kind}: {items}", kind=page.translate(_NAMES[kind]), items=items)), " " * 4, "  "
        )
        for kind, items in lists.items()
    )
