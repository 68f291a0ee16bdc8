"""Counts the calls for the replay of one notice, their files and changes of file: `python -m tools.walk [FILE]`.

A change of file is a call in another file than the call before it. The first `give_notice` of the file is measured,
from the start of its day; without a file, that of Anna's story.
"""

import sys
from itertools import pairwise
from pathlib import Path
from types import FrameType

import subsim
from subsim.engine.timeline import Timeline
from subsim.files.scenario import load
from subsim.terms.terms import Terms

_PACKAGE = Path(subsim.__file__).parent
_FILE = "scenarios/stories/anna-and-the-price-rise.yaml"


def main() -> None:
    """Measure and print the counts."""
    calls = walk(Path(sys.argv[1] if len(sys.argv) > 1 else _FILE))
    print(*(f"{file}: {function}" for file, function in calls), sep="\n")
    files = [file for file, _function in calls]
    turns = sum(before != after for before, after in pairwise(files))
    print(f"{len(calls)} calls in {len(set(files))} files with {turns} turns")


def walk(path: Path) -> list[tuple[str, str]]:
    """The calls of the package for the first notice of a scenario, each with its file and function, in order."""
    facts = load(path).facts
    timeline = Timeline(facts, Terms())
    calls: list[tuple[str, str]] = []

    def note(frame: FrameType, what: str, _argument: object) -> None:
        file = Path(frame.f_code.co_filename)
        if what == "call" and file.is_relative_to(_PACKAGE):
            calls.append((str(file.relative_to(_PACKAGE)), frame.f_code.co_name))

    place = [event.name for event in facts.timeline].index("give_notice")
    while timeline.taken < place:
        timeline.take_event()
    timeline.begin_day(facts.timeline[place].date)
    sys.setprofile(note)
    timeline.take_event()
    sys.setprofile(None)
    return calls


if __name__ == "__main__":
    main()
