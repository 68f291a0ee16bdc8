"""The questions of a conformance run: every scenario, the shortest timelines to every target, and random ones."""

from collections.abc import Iterable, Iterator
from json import loads as json_loads
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from attrs import evolve, frozen

from subsim.basics.faults import InputErrors
from subsim.files.scenario import Scenario, load, loads
from subsim.files.source import bytes_of
from subsim.files.terms_file import TermsFile
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.testing.request import Request, request_of

Kind = Literal["scenario", "shortest", "random"]
SHORTEST = Path(__file__).with_name("shortest.ndjson")
SHIPPED = Path(__file__).parents[2] / "scenarios"
"""The folder of the scenarios in an installed package; in the repository they are beside the package."""
_IN_REPOSITORY = Path(__file__).parents[3] / "scenarios"


@frozen
class Question:
    """A request, its origin, and its outcome under the terms."""

    kind: Kind
    request: Request
    expected: dict[str, Any]

    @property
    def id(self) -> str:
        """Its name in the run."""
        return self.request.id


def scenarios_folder() -> Path | None:
    """The folder of the scenarios that come with subsim; None where there is none."""
    return next((folder for folder in (SHIPPED, _IN_REPOSITORY) if folder.is_dir()), None)


def of_scenarios(
    files: Iterable[str | PathLike[str]],
    folder: Path,
    choice: TermsChoice = OWN_TERMS,
    terms: TermsFile | None = None,
) -> Iterator[Question]:
    """A question for each scenario and each of its variants; InputErrors as in `run`.

    Cases on personal data and cases with facts in doubt are left out. Under a choice of terms two variants may be
    equal: then the second is left out.
    """
    for file in files:
        scenario = _under(terms, load(file))
        if scenario.policy is not None or scenario.doubts:
            continue
        name = (
            Path(file).relative_to(folder).with_suffix("").as_posix()
            if Path(file).is_relative_to(folder)
            else str(file)
        )
        seen: list[tuple[Any, ...]] = []
        for variant in (None, *scenario.variants):
            id = f"scenario/{name}" if variant is None else f"scenario/{name}#{variant.name}"
            request = request_of(scenario, variant, choice, id=id)
            what = (request.case.terms, request.until, request.asks)
            if what not in seen:
                seen.append(what)
                yield from _question("scenario", request)


def of_shortest(choice: TermsChoice = OWN_TERMS, terms: TermsFile | None = None) -> Iterator[Question]:
    """A question for the shortest timeline to each clause, reading, move and route; one may lead to several."""
    for line in bytes_of(str(SHORTEST)).splitlines():
        entry = json_loads(line)
        id = "shortest/" + ", ".join(entry["reaches"])
        yield from _question("shortest", request_of(_under(terms, loads(entry["scenario"], id)), None, choice, id=id))


def of_random(
    number: int, seed: int, choice: TermsChoice = OWN_TERMS, terms: TermsFile | None = None, **can: Any
) -> Iterator[Question]:
    """So many random questions, the same for the same seed and version of hypothesis."""
    for index, scenario in enumerate(_drawn(number, seed, **can)):
        id = f"random/{seed}/{index}"
        yield from _question("random", request_of(_under(terms, evolve(scenario, source=id)), None, choice, id=id))


def _under(terms: TermsFile | None, scenario: Scenario) -> Scenario:
    return scenario if terms is None else scenario.under(terms)


def _drawn(number: int, seed: int, **can: Any) -> list[Scenario]:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    from subsim.testing.strategies import scenarios

    found: list[Scenario] = []

    @seeded(seed)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(scenarios(**can))
    def draw(scenario: Scenario) -> None:
        found.append(scenario)

    if number:
        draw()
    return found


def _question(kind: Kind, request: Request) -> Iterator[Question]:
    """The question with its outcome under the terms; none where it cannot be replayed, as in a file about a fault."""
    try:
        expected = request.expected()
    except InputErrors:
        return
    yield Question(kind, request, expected)
