"""The log of the desk on standard error: never a value of a request, nor of a member."""

import sys
import traceback


def log(line: str) -> None:
    """Log a line."""
    print(line, file=sys.stderr, flush=True)


def log_fault(error: BaseException) -> None:
    """Log a fault of ours: its kind and its place, without any value."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    log(f"fault: {type(error).__name__} at {place.filename}:{place.lineno} in {place.name}")
