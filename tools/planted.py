"""Ten faults, each put into a copy of the engine: does `subsim conformance` find it and name its clause?

`python -m tools.planted` tries all ten with every case of subsim; the suite tries three with the shortest timelines.
"""

import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

import subsim
from subsim.testing.conformance.cases import Question, of_scenarios, of_shortest, scenarios_folder
from subsim.testing.conformance.run import Conformance, Run
from subsim.testing.conformance.systems import System, command_of_object

PACKAGE = Path(subsim.__file__).parent
_SYSTEM = "subsim.testing.engine:replay"
_TIMEOUT = 30


@frozen
class Fault:
    """A fault: a text in a file of the package, the text that replaces it, and the clause that it breaks."""

    clause: str
    what: str
    file: str
    right: str
    wrong: str


FAULTS = (
    Fault("adgang.9", "of age a day late", "rules/eligibility.py", "sign_up.date < of_age", "sign_up.date <= of_age"),
    Fault("betaling.5", "bound a month more", "rules/binding.py", "months(starts, count)", "months(starts, count + 1)"),
    Fault(
        "opsigelse.2d",
        "a day more of notice",
        "rules/termination.py",
        "in_time = days_after(notice, days)",
        "in_time = days_after(notice, days + 1)",
    ),
    Fault("fortrydelse.1", "withdrawn a day less", "rules/withdrawal.py", "today > last", "today >= last"),
    Fault(
        "priser.3",
        "a month of an upgrade is free",
        "rules/package_change.py",
        "amount = (new_price - old_price) * months",
        "amount = (new_price - old_price) * (months - 1)",
    ),
    Fault(
        "prisaendringer.2",
        "leaving a day later than three before the change",
        "rules/price_change.py",
        "-max(1, change.under.numbers.price_exit_days)",
        "-max(1, change.under.numbers.price_exit_days - 1)",
    ),
    Fault(
        "proevetilbud.5",
        "a day less to leave because of a service change",
        "rules/service_change.py",
        "last = days_after(change.reaches, -1)",
        "last = days_after(change.reaches, -2)",
    ),
    Fault(
        "annullering.1a",
        "ended within the binding",
        "rules/operator_termination.py",
        "end = max(end, subscription.binding_ends)",
        "end = min(end, subscription.binding_ends)",
    ),
    Fault(
        "fornyelse.2",
        "reminded of a card only after the end",
        "rules/renewal.py",
        "any(sub.is_live for sub in member.subscriptions)",
        "not any(sub.is_live for sub in member.subscriptions)",
    ),
    Fault(
        "tvister.2",
        "a month more for a complaint",
        "rules/complaints.py",
        "terms.numbers.complaint_months)",
        "terms.numbers.complaint_months + 1)",
    ),
)
"""One a heading of the terms."""


def conformance_with(fault: Fault, questions: Iterable[Question]) -> Conformance:
    """The conformance of a copy of the engine that has this fault."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, "subsim")
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "desk", "locale"))
        path = copy / fault.file
        text = path.read_text(encoding="utf-8")
        if fault.right not in text:
            raise ValueError(f"{fault.file} has no {fault.right!r}")
        path.write_text(text.replace(fault.right, fault.wrong), encoding="utf-8")
        python = shlex.join(command_of_object(_SYSTEM))
        system = System(["sh", "-c", f"cd {shlex.quote(folder)} && exec {python}"], _TIMEOUT)
        try:
            run = Run(system, lambda result: None)
            run.ask(questions, lambda number: None)
        finally:
            system.close()
        return Conformance(fault.what, tuple(run.results.values()), {}, run.stopped)


def clauses_named(found: Conformance) -> dict[str, int]:
    """The clauses at which the copy differs from the terms, each with its number of cases."""
    counts = {clause: counts["differs"] for clause, counts in found.by_clause().items()}
    return {clause: count for clause, count in counts.items() if count}


def main() -> int:
    """Try all ten; the exit code is 1 if one is not found, or found without its clause."""
    folder = scenarios_folder()
    assert folder is not None
    questions = [*of_scenarios(sorted(folder.rglob("*.yaml")), folder), *of_shortest()]
    missed = 0
    print(f"{len(questions)} cases")
    for fault in FAULTS:
        found = conformance_with(fault, questions)
        named = clauses_named(found)
        missed += fault.clause not in named
        others = ", ".join(clause for clause in named if clause != fault.clause) or "none"
        here = f"{named.get(fault.clause, 0)} of {found.count('differs')} cases that differ part at it"
        print(f"{fault.clause}, {fault.what}: {here}; also named: {others}; {len(found.errors)} errors")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
