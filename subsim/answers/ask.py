"""The questions with answers where facts are in doubt: for the only world, or for all possible ones."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.files.scenario import Scenario
from subsim.terms.choice import OWN_TERMS, TermsChoice

if TYPE_CHECKING:
    from subsim.answers.can_cancel import Answer
    from subsim.answers.cheapest_exit import CheapestExit
    from subsim.answers.coming import Coming
    from subsim.answers.compare import Comparison
    from subsim.answers.every_world import CheapestExitInDoubt, ComingInDoubt, ComparisonInDoubt, WhatIfInDoubt
    from subsim.answers.in_doubt.answer import AnswerInDoubt
    from subsim.answers.letter import Letter
    from subsim.answers.letter_check import Order
    from subsim.answers.letter_in_doubt import LetterInDoubt
    from subsim.answers.what_if import WhatIf

    AnyAnswer: TypeAlias = Answer | AnswerInDoubt
    AnyComparison: TypeAlias = Comparison | ComparisonInDoubt
    AnyWhatIf: TypeAlias = WhatIf | WhatIfInDoubt
    AnyCheapestExit: TypeAlias = CheapestExit | CheapestExitInDoubt
    AnyComing: TypeAlias = Coming | ComingInDoubt
    AnyLetter: TypeAlias = Letter | LetterInDoubt


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
        case = case_of(scenario, choice)
        if wanted is None:
            return case.answer(subscription, date, with_law=with_law)
        from subsim.answers.wanted_end import answer_with  # few ask for an end

        return answer_with(case, subscription, date, wanted, with_law=with_law)
    from subsim.answers.in_doubt.answer import answer_in_doubt  # few files are in doubt
    from subsim.answers.worlds import ScenarioQuestion

    return answer_in_doubt(ScenarioQuestion.of(scenario, choice), subscription, date, wanted=wanted, with_law=with_law)


def ask_compare(scenario: Scenario, until: Day | None = None, choice: TermsChoice = OWN_TERMS) -> "AnyComparison":
    """The outcome until a day, by default the scenario's last, under each profile and each single other reading."""
    if scenario.is_in_doubt:
        from subsim.answers.every_world import compare_in_doubt

        return compare_in_doubt(scenario, until or scenario.until_of(), choice)
    from subsim.answers.compare import compare

    return compare(scenario, until, choice)


def ask_what_if(
    scenario: Scenario, tries: Sequence[str], until: Day | None = None, choice: TermsChoice = OWN_TERMS
) -> "AnyWhatIf":
    """What these events, one a line, would change until a day; by default until all that is known has happened."""
    from subsim.answers.added_events import with_events
    from subsim.answers.what_if import SOURCE

    return ask_effect(scenario, with_events(scenario, tries, SOURCE), until, choice)


def ask_effect(
    scenario: Scenario, changed: Scenario, until: Day | None = None, choice: TermsChoice = OWN_TERMS
) -> "AnyWhatIf":
    """What the added events of a scenario change, beside the scenario without them."""
    if scenario.is_in_doubt:
        from subsim.answers.every_world import what_if_in_doubt

        return what_if_in_doubt(changed, until, choice)
    from subsim.answers.what_if import effect

    return effect(scenario, changed, until, choice)


def ask_cheapest_exit(
    scenario: Scenario, date: Day, subscription: str, choice: TermsChoice = OWN_TERMS, *, with_law: bool = True
) -> "AnyCheapestExit":
    """The cheapest ways out, by notices from a date on."""
    if scenario.is_in_doubt:
        from subsim.answers.every_world import cheapest_exit_in_doubt

        return cheapest_exit_in_doubt(scenario, date, subscription, choice, with_law=with_law)
    from subsim.answers.cheapest_exit import cheapest_exit

    return cheapest_exit(scenario, date, subscription, choice, with_law=with_law)


def ask_coming(
    scenario: Scenario,
    date: Day,
    subscription: str,
    days: int,
    choice: TermsChoice = OWN_TERMS,
    *,
    with_law: bool = True,
) -> "AnyComing":
    """What comes within so many days after a date."""
    if scenario.is_in_doubt:
        from subsim.answers.every_world import coming_in_doubt

        return coming_in_doubt(scenario, date, subscription, days, choice, with_law=with_law)
    from subsim.answers.coming import coming

    return coming(scenario, date, subscription, days, choice, with_law=with_law)


def ask_letter(scenario: Scenario, order: "Order") -> "AnyLetter":
    """The letter that answers an order as of the end of its date."""
    if scenario.is_in_doubt:
        from subsim.answers.letter_in_doubt import letter_in_doubt

        return letter_in_doubt(scenario, order)
    from subsim.answers.letter import letter

    return letter(scenario, order)
