"""The headings of clauses and provisions."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from subsim.pages.text import Page
from subsim.terms.clauses import Clause, clause
from subsim.terms.statutes import Provision

if TYPE_CHECKING:
    pass


def under_headings(ids: Iterable[str], page: Page) -> dict[str, list[Clause | Provision]]:
    """The clauses of these ids by their heading, in the page's language."""
    return {title: list(clauses) for title, clauses in groupby(map(clause, ids), lambda each: heading(each, page))}


def heading(clause: Clause | Provision, page: Page) -> str:
    """The clause's heading in the page's language."""
    return clause.heading if page.language.code == "da" else clause.heading_en
