"""The mutants themselves, and a sample of the whole run: the numbers of the terms."""

import subprocess
import sys
from pathlib import Path

from tools.mutation.__main__ import written_reasons
from tools.mutation.mutants import all_mutants, mutants_of

ROOT = Path(__file__).parents[2]
OF_A_NUMBER_OF_THE_TERMS = r"^subsim\.terms\.terms:Numbers: _number\((\w+),.* → _number\((?!\1,)"


def changes(source: str) -> list[str]:
    return [f"{each.before} → {each.after}" for each in mutants_of("subsim.basics.dates", source)]


def test_a_number_is_changed_by_one_up_and_by_one_down() -> None:
    assert changes("WINDOW = 10") == ["WINDOW = 10 → WINDOW = 11", "WINDOW = 10 → WINDOW = 9"]


def test_a_limit_is_moved_to_its_other_side() -> None:
    assert changes("late = days > limit") == ["days > limit → days >= limit"]
    assert changes("early = from_day <= day < until") == [
        "from_day <= day < until → from_day < day < until",
        "from_day <= day < until → from_day <= day <= until",
    ]


def test_a_condition_is_turned_round() -> None:
    assert changes("if a and b: pass") == ["a and b → a or b", "a and b → not (a and b)"]
    assert changes("x = a if not b else c") == ["not b → b"]
    assert changes("found = [a for a in b if a in c]") == ["a in c → a not in c"]


def test_sums_extremes_and_truths_are_turned_round() -> None:
    assert changes("end = max(a, b) + c") == ["max(a, b) + c → max(a, b) - c", "max(a, b) → min(a, b)"]
    assert changes("credit += amount") == ["credit += amount → credit -= amount"]
    assert changes("is_live = True") == ["is_live = True → is_live = False"]


def test_what_decides_nothing_is_left_alone() -> None:
    assert changes("@cache(1)\ndef f(a: Literal[1]) -> 'x':\n    assert a == 2") == []


def test_mutants_of_one_text_are_told_apart_by_their_number() -> None:
    names = [each.name for each in mutants_of("subsim.basics.dates", "def f():\n    a(x == y)\n    b(x == y)")]
    assert names == ["subsim.basics.dates:f: x == y → x != y", "subsim.basics.dates:f: x == y → x != y (no. 2)"]


def test_all_that_a_replay_and_an_answer_go_through_is_mutated_but_words_and_readings() -> None:
    code = """
import sys, subsim.answers.outcome_of_member, subsim.answers.can_cancel, subsim.engine.timeline
print(*(name for name, module in sys.modules.items() if name.startswith("subsim.") and not hasattr(module, "__path__")))
"""
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    left_out = set(loaded.stdout.split()) - {each.module for each in all_mutants()}
    nothing_to_change = {
        *("basics.enumerations", "membership.owed", "membership.rules", "membership.rulings", "membership.ways"),
        "rules.transfer",
    }
    words_and_readings = {"basics.texts", "basics.languages", "terms.readings", "terms.policies", "terms.statutes"}
    forms_of_values = {"basics.values", "basics.json_object", "basics.expressions", "answers.displayable"}
    left_alone = words_and_readings | nothing_to_change | forms_of_values
    assert left_out == {f"subsim.{name}" for name in left_alone}


def test_every_reason_is_that_of_a_mutant_there_is() -> None:
    assert sorted(set(written_reasons()) - {each.name for each in all_mutants()}) == []


def test_every_number_of_the_terms_one_up_or_one_down_is_caught_by_a_scenario() -> None:
    # that they hold without a mutant is tested by itself
    options = ["--scenarios-only", "--unchecked", OF_A_NUMBER_OF_THE_TERMS]
    command = [sys.executable, "-m", "tools.mutation", *options]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    *caught, summary = run.stdout.splitlines()
    assert [line for line in caught if not line.startswith("scenarios/")] == []
    assert (summary, run.returncode) == ("28 mutants, 28 caught", 0)
