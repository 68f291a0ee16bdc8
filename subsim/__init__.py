"""An executable model of the Kabelplus subscription terms of 2019-10-30.

What the package exports is below; the rest is private. `load` and `loads` give a scenario or raise `InputErrors`. Each
of the other functions asks one question of a scenario and gives a result, whose `to_dict()` is the JSON of the command
of that name; `check` says whether the expectations hold.
"""

TYPE_CHECKING = False  # `typing` takes long to load, and no signal is answered until then
if TYPE_CHECKING:
    from typing import Any

    from subsim.answers.can_cancel import Answer
    from subsim.answers.cheapest_exit import CheapestExit
    from subsim.answers.coming import Coming
    from subsim.answers.compare import Comparison
    from subsim.answers.every_world import CheapestExitInDoubt, ComingInDoubt, ComparisonInDoubt, WhatIfInDoubt
    from subsim.answers.explanation import Explanation
    from subsim.answers.in_doubt.answer import AnswerInDoubt
    from subsim.answers.outcome import Outcome
    from subsim.answers.what_if import WhatIf
    from subsim.api import can_cancel, cheapest_exit, check, coming, compare, explain, letter, replay, what_if
    from subsim.basics.faults import InputError, InputErrors
    from subsim.checks.check import CaseResult
    from subsim.files.scenario import Scenario, load, loads
    from subsim.pages.letter_document import LetterDocument

__version__ = "0.2.0"

__all__ = [
    "Answer",
    "AnswerInDoubt",
    "CaseResult",
    "CheapestExit",
    "CheapestExitInDoubt",
    "Coming",
    "ComingInDoubt",
    "Comparison",
    "ComparisonInDoubt",
    "Explanation",
    "InputError",
    "InputErrors",
    "LetterDocument",
    "Outcome",
    "Scenario",
    "WhatIf",
    "WhatIfInDoubt",
    "can_cancel",
    "cheapest_exit",
    "check",
    "coming",
    "compare",
    "explain",
    "letter",
    "load",
    "loads",
    "replay",
    "what_if",
]

_HOMES = {
    "Answer": "subsim.answers.can_cancel",
    "AnswerInDoubt": "subsim.answers.in_doubt.answer",
    "CaseResult": "subsim.checks.check",
    "CheapestExit": "subsim.answers.cheapest_exit",
    "CheapestExitInDoubt": "subsim.answers.every_world",
    "Coming": "subsim.answers.coming",
    "ComingInDoubt": "subsim.answers.every_world",
    "Comparison": "subsim.answers.compare",
    "ComparisonInDoubt": "subsim.answers.every_world",
    "Explanation": "subsim.answers.explanation",
    "InputError": "subsim.basics.faults",
    "InputErrors": "subsim.basics.faults",
    "LetterDocument": "subsim.pages.letter_document",
    "Outcome": "subsim.answers.outcome",
    "Scenario": "subsim.files.scenario",
    "WhatIf": "subsim.answers.what_if",
    "WhatIfInDoubt": "subsim.answers.every_world",
    "load": "subsim.files.scenario",
    "loads": "subsim.files.scenario",
}
"""Where an export stands; one that is not listed stands in `subsim.api`."""


def __dir__() -> list[str]:
    """What the package exports, for help and completion."""
    return sorted([*__all__, "__version__"])


def __getattr__(name: str) -> "Any":
    """Import an export when it is first asked for: a command loads no more than it needs."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "subsim.api")), name)
