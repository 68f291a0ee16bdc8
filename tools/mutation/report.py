"""The report of a whole run, as Markdown."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from tools.mutation.trial import Verdict

_HEAD = """\
# Clause mutation

Every number, comparison and other small step of the rules and of the law, and of all that a replay and an answer go
through beside them but words and the catalogues, is changed, one at a time: a number by one up and by one down, `<` to
`<=`, `==` to `!=`, `and` to `or`, `+` to `-`, `min` to `max`, a condition to its opposite. Then the scenarios are run,
and where all of them still hold, the unit tests. What neither notices survives.

```sh
python -m tools.mutation --write docs/mutation.md   # everything; half an hour or more
python -m tools.mutation 'terms.terms:Numbers'            # the mutants whose names this pattern finds
```

The run names the scenario or test that catches each mutant, and fails if one survives without a written reason
(`tools/mutation/survivors.toml`), or if files are edited meanwhile. Nothing is written into the sources: a mutant
exists only in the memory of its own process. Left alone are annotations, decorators, assertions and text.
"""


def as_markdown(verdicts: list[Verdict], reasons: dict[str, str]) -> str:
    """The score, a row for each module, and the survivors with their reasons."""
    caught = sum(each.caught_by is not None for each in verdicts)
    blocks = (
        _HEAD,
        f"**{caught} of {len(verdicts)} mutants are caught ({_percent(caught, len(verdicts))}).**\n",
        "\n".join(_table(verdicts)),
        "## The numbers of the terms\n",
        "\n".join(_numbers(verdicts)),
        "## Survivors\n",
        "\n".join(_survivors(verdicts, reasons)),
    )
    return "\n".join(blocks)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _table(verdicts: list[Verdict]) -> Iterator[str]:
    yield "| module | mutants | caught by a scenario | by a unit test | survive |"
    yield "|---|--:|--:|--:|--:|"
    for module, its in groupby(verdicts, key=lambda each: each.mutant.module):
        yield _row(f"`{module}`", its)
    yield _row("in all", verdicts)
    yield ""


def _row(name: str, verdicts: Iterable[Verdict]) -> str:
    of_module = list(verdicts)
    by_scenario = sum(each.by_scenario for each in of_module)
    survive = sum(each.caught_by is None for each in of_module)
    by_test = len(of_module) - by_scenario - survive
    return f"| {name} | {len(of_module)} | {by_scenario} | {by_test} | {survive} |"


_NUMBER = re.compile(r"_number\((\d+), ('.*?'), unit='(\w+)'")


def _numbers(verdicts: list[Verdict]) -> Iterator[str]:
    """For each number of the terms, what catches it when it is one more and one less."""
    yield "| clause | the terms say | changed to | caught by |"
    yield "|---|--:|--:|---|"
    for each in verdicts:
        was, became = _NUMBER.match(each.mutant.before), _NUMBER.match(each.mutant.after)
        if was and became and was[1] != became[1]:
            clauses, unit = was[2].replace("'", "`"), "øre" if was[3] == "kroner" else was[3]
            yield f"| {clauses} | {was[1]} {unit} | {became[1]} | `{each.caught_by}` |"
    yield ""


def _survivors(verdicts: list[Verdict], reasons: dict[str, str]) -> Iterator[str]:
    """The survivors, grouped by reason."""
    by_reason: dict[str, list[str]] = {}
    for each in verdicts:
        if each.caught_by is None:
            name = each.mutant.name
            by_reason.setdefault(reasons.get(name, "No reason is written yet."), []).append(name)
    for reason, names in by_reason.items():
        yield f"- {reason.strip()}"
        yield from (f"  - `{name}`" for name in names)
    yield ""
