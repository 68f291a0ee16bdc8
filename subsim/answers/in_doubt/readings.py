"""The other readings that change the answer in some world, with what is certain under each."""

from collections.abc import Iterator

from attrs import evolve

from subsim.answers.can_cancel import Answer, Contested, cancellation_of
from subsim.answers.in_doubt.cases import Gist, certain_of
from subsim.answers.question import Case, NotReplayable
from subsim.answers.worlds import InWorlds, ScenarioQuestion, World
from subsim.basics.dates import Day
from subsim.basics.faults import InputErrors
from subsim.basics.texts import Message
from subsim.terms.readings import single_alternatives
from subsim.terms.terms import reading_words


def contested_in_worlds(
    question: ScenarioQuestion, found: InWorlds[Answer], runs: list[list[World]]
) -> Iterator[Contested]:
    """The single other readings that change the answer in some world, with what is certain under each."""
    ends = {id(found.found[world]): world for run in runs for world in (run[0], run[-1])}
    some = next(iter(found.found.values()))
    name, date = some.subscription, some.date
    cases = {world: question.case(found, world) for world in (*ends.values(), *found.unplayable)}
    points_asked = {world: _points_asked(cases[world], name, date) for world in ends.values()}
    some_case = next(iter(cases.values()))
    numbers = some_case.terms_of(some_case.play(date), name, date).numbers
    for point, reading in single_alternatives(some_case.terms.readings):
        changes, gists, fault = False, set[Gist](), None
        terms = some_case.under(point, reading).terms
        for world, case in cases.items():
            if world in points_asked and point not in points_asked[world]:
                gists.add(found.found[world].gist)
                continue
            try:
                gist = cancellation_of(evolve(case, terms=terms).play(date), name, date).gist
            except NotReplayable as errors:
                fault = fault or errors
                continue
            gists.add(gist)
            changes = changes or (world in found.found and gist != found.found[world].gist)
        if gists and not changes:
            continue
        says = reading_words(point, reading, numbers)
        if gists:
            yield Contested.of(point, reading, says, certain_of(gists))
        else:
            yield Contested(point=point, reading=reading, says=says, fault=_text(fault))


def _points_asked(case: Case, name: str, date: Day) -> set[str]:
    """The contested points on which the answer may depend."""
    noting, points = case.noting()
    cancellation_of(noting.play(date), name, date)
    return points


def _text(fault: InputErrors | None) -> Message:
    assert fault is not None
    return fault.errors[0].text
