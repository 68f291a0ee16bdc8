"""Compares the engine with a second opinion, on random timelines, and `portfolio law` with single answers.

Each timeline is asked a second time with its terms in a file of their own.

`python -m tools.differential --timelines 100000 --seed 1` is the long run; the suite runs a sample. A timeline that
gives a difference is reduced and printed as a scenario file.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import Phase, given, seed, settings

import subsim
from subsim.answers.can_cancel import Answer
from subsim.answers.question import case_of
from subsim.files.terms_file import loads_terms
from subsim.membership.events import AnnounceTermsChange
from tests.oracle import outcome as second
from tests.oracle.law import law as second_law
from tests.support.doubtful import as_file
from tests.support.portfolio_law import rows_of_answers, rows_of_portfolio
from tests.support.timelines import Story, as_scenario, stories

_WORDS = ("because", "reason", "contested", "decisions", "notes")
"""What only one of the two says."""


def differences(story: Story) -> list[str]:
    """The differences of the engine's outcomes and answers, each as `path: the engine's, not the second opinion's`."""
    text = as_scenario(story.facts, story.terms, law_choices=story.law_choices)
    document, scenario = yaml.load(text, Loader=yaml.CBaseLoader), subsim.loads(text)
    outcome = subsim.replay(scenario, story.until).to_dict()
    law = case_of(scenario).law(story.member(), story.answer()).to_dict()
    answer = story.answer().without_doubt()
    second_answer = second.can_cancel(document, story.day, story.subscription, contested=False)
    return [
        *_unlike("outcome", _comparable(outcome), _comparable(second.replay(document, story.until))),
        *_unlike("answer", _comparable(answer), _comparable(second_answer)),
        *_unlike("law", _comparable(law), second_law(document, story.day, story.subscription)),
        *_unlike("portfolio law", rows_of_portfolio(story), rows_of_answers(story)),
    ]


_OF_TERMS = ("profile", "readings", "numbers")
"""What of a scenario file may stand in a file of terms instead."""


def differences_of_terms_file(story: Story) -> list[str]:
    """The same differences where the terms of the story, with their changes, stand in a file of terms.

    The second opinion knows no such file: it is asked the whole story, with the changes first on their days.
    """
    document = yaml.load(as_scenario(story.facts, story.terms), Loader=yaml.CBaseLoader)
    changes = [event for event in document["timeline"] if event["event"] == AnnounceTermsChange.name]
    own = [event for event in document["timeline"] if event not in changes]
    whole = {**document, "timeline": sorted([*changes, *own], key=lambda event: event["date"])}
    terms = {key: document[key] for key in _OF_TERMS if key in document} | {"announcements": changes}
    told = {key: each for key, each in document.items() if key not in _OF_TERMS} | {"timeline": own}
    scenario = subsim.loads(as_file(told)).under(loads_terms(as_file(terms)))
    outcome = subsim.replay(scenario, story.until).to_dict()
    answer = subsim.can_cancel(scenario, story.day, story.subscription, with_law=False)
    assert isinstance(answer, Answer)
    second_answer = second.can_cancel(whole, story.day, story.subscription, contested=False)
    return [
        *_unlike("outcome", _comparable(outcome), _comparable(second.replay(whole, story.until))),
        *_unlike("answer", _comparable(answer.without_doubt()), _comparable(second_answer)),
    ]


def _comparable(value: Any) -> Any:
    """The value without its texts, and with duties in a fixed order, since the format gives them none."""
    if isinstance(value, dict):
        kept = {key: _comparable(each) for key, each in value.items() if key not in _WORDS}
        if "duties" in kept:
            kept["duties"] = sorted(kept["duties"], key=str)
        return kept
    return [_comparable(each) for each in value] if isinstance(value, list) else value


def _unlike(path: str, ours: Any, theirs: Any) -> Iterator[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict) and ours.keys() == theirs.keys():
        for key in ours:
            yield from _unlike(f"{path}.{key}", ours[key], theirs[key])
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _unlike(f"{path}[{index}]", one, other)
    elif ours != theirs:
        yield f"{path}: {ours}, not {theirs}"


def main(arguments: list[str]) -> int:
    """Compare so many random timelines; the exit code is 1 if some differ."""
    parser = argparse.ArgumentParser(description="compare the engine with tests/oracle on drawn timelines")
    parser.add_argument("--timelines", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    compared = 0

    @seed(options.seed)
    @settings(max_examples=options.timelines, database=None, deadline=None, phases=[Phase.generate, Phase.shrink])
    @given(stories())
    def agree(story: Story) -> None:
        nonlocal compared
        compared += 1
        assert differences(story) + differences_of_terms_file(story) == []

    agree()
    print(f"{compared} timelines compared, seed {options.seed}: no difference")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
