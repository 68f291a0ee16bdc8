"""Runs an object of Python as a system under test: `python -m subsim.testing.conformance.worker MODULE:OBJECT`.

It takes a request a line from standard input and writes an outcome a line to standard output. What the object prints
goes to standard error. The object is called with each request; a class is called once without arguments first.
NotImplementedError means that what is asked is not supported.
"""

import json
import os
import sys
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from traceback import extract_tb
from typing import IO, Any

from subsim.basics.dates import Day

_CANNOT_BE_IMPORTED = 3


def main(arguments: list[str]) -> int:
    """Answer until standard input ends."""
    out, requests = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stdin
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    try:
        system = _system(arguments[0])
    except BaseException as error:
        sys.stderr.write(f"{arguments[0]} cannot be used: {_words(error)}\n")
        return _CANNOT_BE_IMPORTED
    for line in requests:
        _answer(system, json.loads(line), out)
    return 0


def _system(given: str) -> Callable[[dict[str, Any]], Any]:
    module, _, name = given.partition(":")
    found: Any = import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    if isinstance(found, type):
        found = found()
    if not callable(found):
        raise TypeError(f"it is a {type(found).__name__}, and cannot be called with a request")
    system: Callable[[dict[str, Any]], Any] = found
    return system


def _answer(system: Callable[[dict[str, Any]], Any], request: dict[str, Any], out: IO[str]) -> None:
    case = request["case"]
    try:
        reply = system(request)
        line = json.dumps(reply if isinstance(reply, dict) else {"error": _no_mapping(reply)}, default=_plain)
    except NotImplementedError as error:
        line = json.dumps({"case": case, "not_supported": str(error) or "not implemented"})
    except Exception as error:
        line = json.dumps({"case": case, "error": _words(error)})
    out.write(line + "\n")
    out.flush()


def _no_mapping(reply: object) -> str:
    return f"it returned a {type(reply).__name__}, expected a mapping such as {{'totals': {{'charged': '447.00'}}}}"


def _plain(value: object) -> str:
    """Days and decimals as text, which no JSON has."""
    if isinstance(value, Day):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"it returned a {type(value).__name__} within its outcome, which JSON has not")


def _words(error: BaseException) -> str:
    """The exception in one line, with the place in the system where it was raised."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename != __file__]
    place = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
