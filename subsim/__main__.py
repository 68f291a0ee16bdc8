"""The command `subsim`, also as `python -m subsim`."""

import atexit
import gc
import sys

_BEFORE_A_COLLECTION = 100_000
"""So many values that refer to others, of which almost all that a command loads live until its end."""


def _leave_values() -> None:
    """As the process ends, search no values for what nothing refers to; duckdb reports all of its own that are left."""
    if "duckdb" not in sys.modules:
        gc.freeze()


def main() -> None:
    """Run the command line; the signals are answered before anything else is loaded."""
    try:
        gc.set_threshold(_BEFORE_A_COLLECTION)
        atexit.register(_leave_values)
        from subsim.shell.signals import answer_signals

        answer_signals()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    from subsim.shell.entry import run_command_line

    run_command_line()


if __name__ == "__main__":
    main()
