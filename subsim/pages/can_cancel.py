"""The page of `can-cancel`, also where facts are in doubt."""

from typing import TYPE_CHECKING

from subsim.answers.can_cancel import Answer
from subsim.answers.forecast import ordinary_last_days
from subsim.answers.question import case_of
from subsim.answers.why_not import why_not
from subsim.files.scenario import Scenario
from subsim.pages.answer import answer_page
from subsim.pages.blocks import Blocks
from subsim.pages.text import Page
from subsim.terms.choice import TermsChoice

if TYPE_CHECKING:
    from subsim.answers.ask import AnyAnswer


def can_cancel_page(scenario: Scenario, answer: "AnyAnswer", choice: TermsChoice, page: Page) -> Blocks:
    """The answer for a scenario, with what would have given a better one and the last days of notice."""
    if not isinstance(answer, Answer):
        from subsim.pages.in_doubt import answer_in_doubt_page  # few files are in doubt

        return answer_in_doubt_page(answer, page)
    case = case_of(scenario, choice)
    instead = why_not(case.scenario.facts, case.terms, answer)
    return answer_page(answer, page, instead, ordinary_last_days(case, answer.subscription, answer.date))
