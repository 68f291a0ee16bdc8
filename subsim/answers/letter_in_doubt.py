"""The content of a letter where facts are in doubt: that of each possible world, under one check."""

from typing import Any

from attrs import evolve, frozen

from subsim.answers.can_cancel import OF_DOUBT, Answer
from subsim.answers.cheapest_exit import CheapestExit, cheapest_exit_of
from subsim.answers.every_world import CheapestExitInDoubt
from subsim.answers.in_doubt.answer import AnswerInDoubt, answer_in_doubt
from subsim.answers.letter import Letter, letter_of, parts_of, with_assumed
from subsim.answers.letter_check import Check, Order, check_of
from subsim.answers.question import Case
from subsim.answers.worlds import InWorlds, ScenarioQuestion
from subsim.files.scenario import Scenario


@frozen(kw_only=True)
class LetterInDoubt:
    """The letter of each possible world, and the answer of all of them."""

    order: Order
    found: InWorlds[Letter]
    answer: AnswerInDoubt
    check: Check

    @property
    def first(self) -> Letter:
        """The letter of the first world, with the readings that change the answer in any."""
        letter = next(iter(self.found.found.values()))
        return evolve(letter, answer=evolve(letter.answer, contested=self.answer.contested))


def letter_in_doubt(scenario: Scenario, order: Order) -> LetterInDoubt:
    """The letter that answers an order in every possible world; InputErrors as for `can_cancel`."""
    order, asked = with_assumed(order, scenario), ScenarioQuestion.of(scenario, order.choice)
    answer = answer_in_doubt(asked, order.subscription, order.date, with_law=order.with_law)
    firsts = {id(its): world for world, its in reversed(answer.found.found.items())}
    cases = {each: asked.case(answer.found, world) for each, world in firsts.items()}
    exits = {each: cheapest_exit_of(case, order.subscription, order.date) for each, case in cases.items()}
    check = check_of(order, _parts(asked, order, answer, answer.found.map(lambda its: exits[id(its)])))
    found = answer.found.map(
        lambda its: letter_of(cases[id(its)], order, _with_law(cases[id(its)], order, its), exits[id(its)], check)
    )
    return LetterInDoubt(order=order, found=found, answer=answer, check=check)


def _with_law(case: Case, order: Order, answer: Answer) -> Answer:
    """The answer of a world with the law, if that is asked for."""
    return evolve(answer, law=case.law(case.play(order.date), answer)) if order.with_law else answer


def _parts(
    asked: ScenarioQuestion, order: Order, answer: AnswerInDoubt, ways: InWorlds[CheapestExit]
) -> dict[str, Any]:
    """The parts that the check covers. The number of worlds depends on later events too and is left out."""
    answer_json = {key: value for key, value in answer.to_dict().items() if key not in OF_DOUBT or key == "cases"}
    exits = {key: value for key, value in CheapestExitInDoubt(found=ways).to_dict().items() if key != "worlds"}
    parts = parts_of(asked.case(ways, next(iter(ways.found))), order, asked.scenario, answer_json, exits)
    known = [doubt for doubt in asked.scenario.doubts if doubt.day <= order.date]
    doubts = [{"id": doubt.id, "settings": [str(each) for each in doubt.settings]} for doubt in known]
    return {**parts, "timeline": {**parts["timeline"], "doubts": doubts}}
