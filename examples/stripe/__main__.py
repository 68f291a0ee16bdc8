"""What the billing API does with each story, beside the terms: `python -m examples.stripe` prints the table.

With `--write` it puts the table into docs/conformance.md, between its marks.
"""

import sys
from pathlib import Path

import subsim
from examples.stripe.adapter import Stripe
from subsim.testing import Difference, differences

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "conformance.md"
STORIES = Path(__file__).with_name("stories")
BEGIN, END = "<!-- made by python -m examples.stripe --write -->", "<!-- end -->"


def table() -> str:
    """The table in Markdown: a row for each value on which the two part, or one that says that they agree."""
    system = Stripe()
    lines = ["| story | value | the terms say | the API says | clause |", "|---|---|---|---|---|"]
    for path in sorted(STORIES.glob("*.yaml")):
        scenario = subsim.load(path)
        found = differences(scenario, system)
        rows = [_cells(each) for each in found] or [("nothing differs", "", "", "")]
        for index, cells in enumerate(rows):
            lines.append("| " + " | ".join((scenario.sentence if index == 0 else "", *cells)) + " |")
    return "\n".join(lines)


def _cells(found: Difference) -> tuple[str, str, str, str]:
    return f"`{found.path}`", _text(found.ours), _text(found.theirs), f"`{found.clause}`"


def _text(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(str(each) for key, each in value.items() if key != "subscription")
    return "nothing" if value is None else str(value)


def page_with(found: str) -> str:
    """The page with this table between its marks."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{found}\n\n{END}{after}"


if __name__ == "__main__":
    made = table()
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page_with(made), encoding="utf-8")
    print(made)
