"""The audit of the contract: what the page in the docs shows is what the command writes."""

from pathlib import Path

import pytest

from subsim.answers.audit import BOUND, EXAMPLES, EXAMPLES_OF_BOUND, audit
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.basics.languages import language
from subsim.files.scenario import loads
from subsim.pages.audit import audit_page
from subsim.pages.law.table import law_provisions
from subsim.pages.markdown import markdown_of
from subsim.pages.text import Page
from subsim.terms.statutes import PROVISIONS

PAGE = Path(__file__).parents[2] / "docs" / "audit.md"


def test_the_page_in_the_docs_is_the_one_that_is_written() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown_of(
        "The contract beside mandatory law", audit_page(audit(), Page(language("en"), 100))
    )


@pytest.mark.parametrize("id", EXAMPLES)
def test_every_example_shows_that_the_law_gives_more(id: str) -> None:
    assert EXAMPLES[id].row().better == "law"


@pytest.mark.parametrize("id", EXAMPLES_OF_BOUND)
def test_the_clause_about_bound_members_is_shown_by_one_who_is_bound(id: str) -> None:
    (finding,) = (each for each in audit().by_clause[BOUND] if each.provision.id == id)
    told, row = case_of(loads(finding.example.timeline)), finding.example.row()
    (subscription,) = told.outcome(finding.example.day).subscriptions
    assert (subscription.state, subscription.binding_ends) == ("bound", Day(2020, 7, 15))
    # by the contract 16 June + 30 = 16 July, so 15 October; by law 1 June + 2 months
    assert (row.contract.ends_on, row.sure.ends_on, row.better) == (Day(2020, 10, 15), Day(2020, 8, 1), "law")


@pytest.mark.parametrize("id", EXAMPLES)
def test_every_example_rests_on_its_provision(id: str) -> None:
    assert id in EXAMPLES[id].row().provisions


def test_every_computed_provision_that_touches_a_clause_of_leaving_has_an_example() -> None:
    touching = {id for id, each in PROVISIONS.items() if each.computed and each.touches}
    assert touching - EXAMPLES.keys() == {"fal.20", "rl.3", "rl.5", "bfl.12"}  # they give no more than the contract


@pytest.mark.parametrize("id", EXAMPLES)
def test_an_example_that_rests_on_memory_is_called_unconfirmed(id: str) -> None:
    way = EXAMPLES[id].row()
    shown = law_provisions(way, Page(language("en"), 100))
    assert shown.endswith("(unconfirmed)") == any(PROVISIONS[each].weakest == "m" for each in way.provisions)
    assert shown in PAGE.read_text(encoding="utf-8")
