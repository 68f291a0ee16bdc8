"""The answer to whether a member can cancel, in every possible world."""

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from subsim.answers.can_cancel import Answer, CaseInDoubt, Contested, WorldCount, answer_of
from subsim.answers.displayable import Displayable
from subsim.answers.in_doubt.cases import Gist, cases_of, certain_of, gist_of, json_of_cases, turns_of
from subsim.answers.in_doubt.common import same_head, same_in_all, same_law, without_repeats
from subsim.answers.in_doubt.readings import contested_in_worlds
from subsim.answers.in_doubt.words import HAS_ENDED, NO_SUBSCRIPTION, NO_WAY, WhyNot, sentence_of
from subsim.answers.law_at_turns import law_at_turns
from subsim.answers.question import Case
from subsim.answers.runs import is_along_notice, runs_of
from subsim.answers.worlds import InWorlds, ScenarioQuestion
from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.files.doubts import Doubt
from subsim.membership.member import Member


@frozen(kw_only=True, repr=False)
class AnswerInDoubt(Displayable):
    """The answer as of the end of `date` in every possible world; `turns` are the days on which it changes."""

    date: Day
    subscription: str
    found: InWorlds[Answer]
    cases: tuple[CaseInDoubt, ...]
    decisive: tuple[str, ...]
    turns: dict[str, list[Day]]
    contested: tuple[Contested, ...]
    by_law: tuple[Answer, ...] = ()
    """Answers with the law in as many worlds as show what it says in all of them; none where it is not question."""

    def __repr__(self) -> str:
        """Of what and of which day the answer is, how many answers there are, and in how many worlds, in one line."""
        found = f"{len(self.cases)} answers in {self.worlds.possible} worlds"
        return f"<{type(self).__name__} about {self.subscription} on {self.date}: {found}>"

    @property
    def worlds(self) -> WorldCount:
        """How many worlds there are."""
        return self.found.count

    @property
    def certain(self) -> Gist:
        """Whether, when and how, each as far as it is the same in all possible worlds."""
        return certain_of(map(gist_of, self.found.values()))

    @property
    def because(self) -> Message:
        """What is certain, else what is possible, in one sentence."""
        return self.sentence(self.found.doubts)

    def sentence(self, doubts: Sequence[Doubt]) -> Message:
        """The same by other names of the doubts."""
        return sentence_of(self.cases, doubts, self._why_not)

    @property
    def _why_not(self) -> WhyNot:
        """What the worlds in which the member cannot leave have in common."""
        states = {answer.state for answer in self.found.values() if not answer.can_cancel}
        if states == {None}:
            return NO_SUBSCRIPTION
        return HAS_ENDED if states == {"ended"} else NO_WAY

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `subsim can-cancel`: each key its value in all possible worlds, null where they differ."""
        answers = self.found.values()
        contested = [other.to_dict() for other in self.contested]
        ways = zip(*(answer.routes for answer in answers), strict=True)
        laws = [answer.law for answer in self.by_law if answer.law is not None]
        return {
            **same_head(answers),
            **json_of_cases(self.worlds, self.certain, self.cases, self.decisive),
            "routes": [same_in_all([way.to_dict() for way in without_repeats(of_route)]) for of_route in ways],
            **({"law": same_law(laws)} if laws else {}),
            "because": str(self.because),
            "contested": contested,
        }


def answer_in_doubt(
    question: ScenarioQuestion, name: str, date: Day, *, wanted: Day | None = None, with_law: bool = True
) -> AnswerInDoubt:
    """The answer in every possible world, and the other readings that change it in some."""
    members: dict[int, Member] = {}

    def answer(case: Case) -> Answer:
        member = case.play(date)
        found = answer_of(member, name, date)
        if wanted is not None:
            from subsim.answers.wanted_end import wanted_end_of  # few callers need it

            found = evolve(found, wanted_end=wanted_end_of(case, name, date, wanted))
        members[id(found)] = member
        return found

    found = question.each(date, answer)
    runs = list(runs_of(question, found))
    by_law = (
        law_at_turns(question, found, members, runs, by_parts=is_along_notice(question.scenario)) if with_law else []
    )
    return AnswerInDoubt(
        date=date,
        subscription=name,
        found=found,
        cases=cases_of(found),
        decisive=tuple(found.decisive(gist_of)),
        turns=turns_of(found),
        contested=tuple(contested_in_worlds(question, found, runs)),
        by_law=tuple(by_law),
    )
