"""Scenario files as candidates for a base, and the folders that they lie in."""

import os
from collections.abc import Iterator
from pathlib import Path

from subsim.base.change import check_replay
from subsim.base.intake import Candidate, candidate_of_file
from subsim.basics.faults import Faults
from subsim.files.scenario import bytes_of, loads
from subsim.files.yaml_nodes import decoded, tree

ENDINGS = (".yaml", ".yml")


def scenario_files(folder: Path) -> Iterator[Path]:
    """The scenario files of a folder and of all below it, in sorted order."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    yield from sorted(file for file in found if file.name.endswith(ENDINGS))


def is_inside(file: Path, folder: Path) -> bool:
    """Whether the file itself lies in the folder, wherever links lead."""
    return file.resolve().is_relative_to(folder.resolve())


def candidate_in(file: Path) -> Candidate:
    """The member of a scenario file; InputErrors holds all that is wrong with it, a fault of its replay too."""
    name = str(file)
    text = decoded(bytes_of(name), name)
    scenario = loads(text, name, policy_files=False)
    check_replay(scenario)
    root = tree(text, Faults(name, text))
    assert root is not None
    return candidate_of_file(scenario, root, name, file.stem)
