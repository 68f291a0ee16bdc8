"""An executable model of the Kabelplus subscription terms of 2019-10-30.

What the package exports is below; the rest is private. `load` and `loads` give a scenario or raise `InputErrors`;
`replay` gives an outcome, `can_cancel` an answer, both with `to_dict()`; `check` says whether expectations hold.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from subsim.api import can_cancel, check, replay
    from subsim.basics.faults import InputErrors
    from subsim.files.scenario import load, loads

__version__ = "0.2.0"

__all__ = ["InputErrors", "can_cancel", "check", "load", "loads", "replay"]

_HOMES = {
    "InputErrors": "subsim.basics.faults",
    "can_cancel": "subsim.api",
    "check": "subsim.api",
    "load": "subsim.files.scenario",
    "loads": "subsim.files.scenario",
    "replay": "subsim.api",
}


def __dir__() -> list[str]:
    """What the package exports, for help and completion."""
    return sorted([*__all__, "__version__"])


def __getattr__(name: str) -> Any:
    """Import an export when it is first asked for: a command loads no more than it needs."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
