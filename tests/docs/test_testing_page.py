"""`docs/testing.md`: its toy system and its test are run, and the test fails as the page says."""

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

import subsim
from subsim.testing import differences

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
TOY, TEST = (block.split("```")[0] for block in PAGE.split("```python\n")[1:3])


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module `toy` of the page."""
    module: Any = ModuleType("toy")
    exec(TOY, module.__dict__)
    monkeypatch.setitem(sys.modules, "toy", module)
    return module


def test_the_toy_is_a_system_of_some_ten_lines() -> None:
    assert TOY.split('."""\n')[1].count("\n") == 9


def test_the_toy_is_right_about_a_plain_member(toy: Any) -> None:
    plain = {
        "scenario": "A member",
        "prices": {"basis": "149.00"},
        "until": "2020-12-31",
        "timeline": [{"date": "2020-01-15", "event": "sign_up", "package": "basis"}],
    }

    assert differences(subsim.loads(json.dumps(plain)), toy.replay) == []


def test_its_test_fails_and_saves_the_smallest_story(toy: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(TEST, names)
    # what hypothesis explains of a failure takes most of the time, and is not said of it here
    unexplained = settings(settings.default, phases=[Phase.generate, Phase.shrink])
    with pytest.raises(AssertionError):
        unexplained(names["test_the_toy_does_what_the_terms_say"])()
    saved = subsim.load(tmp_path / "smallest.yaml")
    assert [result.ok for result in subsim.check(saved)] == [True]
    assert differences(saved, toy.replay) != []
    assert len(saved.facts.timeline) <= 2


def test_every_public_name_is_explained() -> None:
    from subsim import testing

    assert [name for name in dir(testing) if f"`{name}" not in PAGE] == []
