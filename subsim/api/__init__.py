"""What one may ask of a scenario from Python: its outcome, and the answers of the commands.

A scenario is a `Scenario`, the path of a file, or a mapping with the keys of one. A date is a `date` or ISO text, from
1900-01-01 to 2199-12-31. Whatever is given wrongly is a ValueError that says what is allowed; what is wrong with a
scenario, or shows only when it is replayed, is an InputErrors.

All take the same five: `profile` wins over all readings of the file, `readings` are single points on top, `numbers`
overrule the terms', amounts among them in øre, `assume` settles facts in doubt, by their names: a date, a range of
dates as text, or whether it happened, and `terms` stand in the place of those in force, below all the others: the path
of a file of terms, or a mapping with its keys. Where facts are in doubt all but `replay` and `explain` answer for every
possible course of events. What a function needs is imported when it is called.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from subsim.answers.displayable import Displayable
from subsim.answers.question import case_of
from subsim.api.arguments import (
    AnyDay,
    AnyScenario,
    AnyTerms,
    Assumed,
    Numbers,
    Readings,
    check_name,
    choice_of,
    day_of,
    day_or_none,
    days_ahead_of,
    events_of,
    scenario_of,
    subscription_of,
)
from subsim.api.notebook import page_in_html
from subsim.basics.languages import CODES, Code
from subsim.basics.texts import Message
from subsim.terms.readings import ProfileName

if TYPE_CHECKING:
    from subsim.answers.ask import AnyAnswer, AnyCheapestExit, AnyComing, AnyComparison, AnyWhatIf
    from subsim.answers.explanation import Explanation
    from subsim.answers.outcome import Outcome
    from subsim.checks.check import CaseResult, Judge
    from subsim.files.scenario import Scenario
    from subsim.pages.letter_document import LetterDocument
    from subsim.terms.choice import TermsChoice

_DAYS_AHEAD = 365

Displayable._repr_html_ = page_in_html


def replay(
    scenario: AnyScenario,
    until: AnyDay | None = None,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "Outcome":
    """The outcome up to and including `until`, by default the scenario's own last day."""
    found, last = scenario_of(scenario, assume, terms), day_or_none("until", until)
    return case_of(found, choice_of(found, profile, readings, numbers)).outcome(last or found.until_of())


def can_cancel(
    scenario: AnyScenario,
    date: AnyDay,
    subscription: str | None = None,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    wanted_end: AnyDay | None = None,
    *,
    with_law: bool = True,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "AnyAnswer":
    """Whether, when and how the member can cancel as of the end of `date`, and the other readings that change it.

    With a `wanted_end`, also whether some notice ends the subscription on exactly that day. `subscription` may be left
    out where it is clear which is meant; what the law gives stands beside, unless `with_law` is false.
    """
    from subsim.answers.ask import ask_can_cancel

    day, wanted = day_of("date", date), day_or_none("wanted_end", wanted_end)
    found = scenario_of(scenario, assume, terms)
    choice = choice_of(found, profile, readings, numbers)
    name = subscription_of(found, day, subscription)
    return ask_can_cancel(found, day, name, choice, wanted=wanted, with_law=with_law)


def explain(
    scenario: AnyScenario,
    date: AnyDay | None = None,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    with_law: bool = True,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "Explanation":
    """Every decision up to and including `date`, by default the scenario's last day, with its reason and effects.

    `explanation.about(subject)` gives those that bear on one subject, `explanation.subjects` all there are.
    """
    from subsim.answers.explain import explain

    found, last = scenario_of(scenario, assume, terms), day_or_none("date", date)
    case = case_of(found, choice_of(found, profile, readings, numbers))
    return explain(case.scenario, case.outcome(last or found.until_of()), with_law=with_law)


def compare(
    scenario: AnyScenario,
    until: AnyDay | None = None,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "AnyComparison":
    """The outcome up to and including `until` beside that of every profile and every single other reading."""
    from subsim.answers.ask import ask_compare

    found = scenario_of(scenario, assume, terms)
    return ask_compare(found, day_or_none("until", until), choice_of(found, profile, readings, numbers))


def what_if(
    scenario: AnyScenario,
    events: str | Sequence[str],
    until: AnyDay | None = None,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "AnyWhatIf":
    """What would change had these events happened too, each written `2020-04-15 change_package to=family`.

    Without `until` both are replayed until what stands on the last day has come. InputErrors holds the faults of the
    events too.
    """
    from subsim.answers.ask import ask_what_if

    found = scenario_of(scenario, assume, terms)
    choice = choice_of(found, profile, readings, numbers)
    return ask_what_if(found, events_of(events), day_or_none("until", until), choice)


def cheapest_exit(
    scenario: AnyScenario,
    date: AnyDay,
    subscription: str | None = None,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    with_law: bool = True,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "AnyCheapestExit":
    """When to give notice from `date` on, within a year, so as to pay least if nothing else happens."""
    from subsim.answers.ask import ask_cheapest_exit

    day, found = day_of("date", date), scenario_of(scenario, assume, terms)
    choice = choice_of(found, profile, readings, numbers)
    return ask_cheapest_exit(found, day, subscription_of(found, day, subscription), choice, with_law=with_law)


def coming(
    scenario: AnyScenario,
    date: AnyDay,
    subscription: str | None = None,
    days: int = _DAYS_AHEAD,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    with_law: bool = True,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "AnyComing":
    """What comes within so many days after `date`, 0 to 3660, if nothing else happens."""
    from subsim.answers.ask import ask_coming

    day, ahead = day_of("date", date), days_ahead_of(days)
    found = scenario_of(scenario, assume, terms)
    choice = choice_of(found, profile, readings, numbers)
    return ask_coming(found, day, subscription_of(found, day, subscription), ahead, choice, with_law=with_law)


def letter(
    scenario: AnyScenario,
    date: AnyDay,
    subscription: str | None = None,
    language: Code = "en",
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    with_law: bool = True,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "LetterDocument":
    """The letter to the member that answers whether they can cancel as of the end of `date`, in `en` or `da`."""
    from subsim.answers.ask import ask_letter
    from subsim.answers.letter_check import Order
    from subsim.pages.letter_document import LetterDocument

    day, found = day_of("date", date), scenario_of(scenario, assume, terms)
    check_name(Message("language"), language, CODES)
    order = Order(
        date=day,
        subscription=subscription_of(found, day, subscription),
        language=language,
        choice=choice_of(found, profile, readings, numbers),
        with_law=with_law,
    )
    return LetterDocument(ask_letter(found, order))


def check(
    scenario: AnyScenario,
    profile: ProfileName | None = None,
    readings: Readings = None,
    numbers: Numbers = None,
    *,
    assume: Assumed = None,
    terms: AnyTerms = None,
) -> "list[CaseResult]":
    """The results of the scenario's expectations, of personal data too: of the file, and of each of its variants."""
    found = scenario_of(scenario, assume, terms)
    return check_scenario(found, choice_of(found, profile, readings, numbers))


def check_scenario(scenario: "Scenario", choice: "TermsChoice") -> "list[CaseResult]":
    """Check a scenario that was read, under terms that are already validated."""
    from subsim.checks.check import check

    return check(scenario, choice, judges=judges_of(scenario))


def judges_of(scenario: "Scenario") -> "Sequence[Judge]":
    """What judges its cases beside the contract: of a file about personal data, its policy."""
    if scenario.policy is None:
        return ()
    from subsim.retention.expectations import mismatches_of_case

    return (mismatches_of_case,)
