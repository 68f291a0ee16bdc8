"""Templates of scenario files: each holds as it is, and has comments that explain its lines.

A line of a template that begins with `en| ` or `da| ` is for one language; the others are for both.
"""

from importlib.resources import files

from subsim.basics.languages import CODES, Code

TEMPLATES = (
    "notice",
    "price-rise",
    "late-payer",
    "trial",
    "two-subscriptions",
    "withdrawal",
    "package-change",
    "other-readings",
)
"""The names of the templates; the first is the simplest."""


def start(name: str, code: Code) -> str:
    """The scenario file of a template in a language."""
    text = (files("subsim.files") / "templates" / f"{name}.template").read_text(encoding="utf-8")
    marks = {f"{each}| ": each for each in CODES}
    lines = [(marks.get(line[:4]), line) for line in text.splitlines()]
    return "".join(f"{line if of is None else line[4:]}\n" for of, line in lines if of in (None, code))
