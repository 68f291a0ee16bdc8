"""The questions that facts in doubt do not stop: answered in the only world there is, or in all that there are."""

from typing import TYPE_CHECKING, TypeAlias, Union

from subsim.answers.question import case_of
from subsim.answers.wanted_end import answer_with
from subsim.basics.dates import Day
from subsim.files.scenario import Scenario
from subsim.terms.choice import OWN_TERMS, TermsChoice

if TYPE_CHECKING:
    from subsim.answers.can_cancel import Answer
    from subsim.answers.in_doubt import AnswerInDoubt

    AnyAnswer: TypeAlias = Union[Answer, AnswerInDoubt]  # noqa: UP007 - of names that are imported for types alone


def ask_can_cancel(
    scenario: Scenario,
    date: Day,
    subscription: str,
    choice: TermsChoice = OWN_TERMS,
    *,
    wanted: Day | None = None,
    with_law: bool = True,
) -> "AnyAnswer":
    """Whether, when and how the member can cancel as of the end of a date, in each world where facts are in doubt."""
    if not scenario.is_in_doubt:
        return answer_with(case_of(scenario, choice), subscription, date, wanted, with_law=with_law)
    from subsim.answers.in_doubt import answer_in_doubt  # few files are in doubt
    from subsim.answers.worlds import Asked

    return answer_in_doubt(Asked.of(scenario, choice), subscription, date, wanted=wanted, with_law=with_law)
