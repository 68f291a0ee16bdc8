"""Where mandatory law gives the member more than a clause of the contract, each with an example that is replayed.

The contract is compared with the provisions that are computed; the others are listed with their notes. Last come the
contradictions of the contract itself, its contested points.
"""

from collections.abc import Iterator

from attrs import frozen

from subsim.answers.law import LawWay
from subsim.answers.question import case_of
from subsim.basics.dates import Day
from subsim.basics.enumerations import LawRoute
from subsim.files.scenario import loads
from subsim.terms.clauses import CLAUSES, Clause
from subsim.terms.law_routes import ORDINARY, WITHDRAWAL
from subsim.terms.readings import POINTS, Point
from subsim.terms.statutes import PROVISIONS, Provision


@frozen(kw_only=True)
class Example:
    """A timeline, with the day and the route of the question to contract and law."""

    title: str
    events: tuple[str, ...]
    """The events, one line of a file each."""
    day: Day
    route: LawRoute

    @property
    def timeline(self) -> str:
        """The scenario file, in which a month costs 149.00."""
        lines = "".join(f"  - {event}\n" for event in self.events)
        return f"scenario: {self.title}\nprices: {{basis: 149.00}}\ntimeline:\n{lines}"

    def row(self) -> LawWay:
        """The row of the answer for that route."""
        law = case_of(loads(self.timeline)).answer("main", self.day).law
        assert law is not None
        return law.ways_by(self.route)[0]


@frozen(kw_only=True)
class Finding:
    """A clause, a provision of mandatory law that gives the member more, and an example."""

    clause: Clause
    provision: Provision
    example: Example


@frozen(kw_only=True)
class Audit:
    """The findings in the order of the contract, the provisions that compute nothing, and the contested points."""

    findings: tuple[Finding, ...]
    not_computed: tuple[Provision, ...]
    contradictions: tuple[Point, ...]

    @property
    def by_clause(self) -> dict[str, list[Finding]]:
        """The findings by the id of their clause."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.clause.id, []).append(finding)
        return found


def audit() -> Audit:
    """Audit the contract against mandatory law."""
    return Audit(
        findings=tuple(_findings()),
        not_computed=tuple(each for each in PROVISIONS.values() if not each.computed),
        contradictions=tuple(POINTS.values()),
    )


def _findings() -> Iterator[Finding]:
    for clause in CLAUSES.values():
        for provision in PROVISIONS.values():
            if clause.id in provision.touches and provision.id in EXAMPLES:
                example = EXAMPLES_OF_BOUND.get(provision.id) if clause.id == BOUND else None
                yield Finding(clause=clause, provision=provision, example=example or EXAMPLES[provision.id])


_USED = Example(
    title="A member who used the service for 15 days",
    events=(
        "{date: 2021-03-19, event: sign_up, package: basis}",
        "{date: 2021-03-22, event: activate, express_request: true}",
    ),
    day=Day(2021, 4, 6),
    route=WITHDRAWAL,
)
_LATE = Example(
    title="A last day on Store Bededag",
    events=("{date: 2023-04-21, event: sign_up, package: basis}",),
    day=Day(2023, 5, 8),
    route=WITHDRAWAL,
)
_TRIAL = Example(
    title="The price after the trial was not told",
    events=("{date: 2024-05-06, event: sign_up, package: basis, trial_days: 30, trial_price_told: false}",),
    day=Day(2024, 6, 19),
    route=WITHDRAWAL,
)
_TV = Example(
    title="Notice on TV after a year",
    events=("{date: 2020-01-15, event: sign_up, package: basis, kind: tv}",),
    day=Day(2021, 1, 31),
    route=ORDINARY,
)
_INTERNET = Example(
    title="Notice on internet after a year",
    events=("{date: 2020-01-15, event: sign_up, package: basis, kind: internet}",),
    day=Day(2021, 1, 20),
    route=ORDINARY,
)
_BUNDLE = Example(
    title="Notice on a bundle of internet and TV after half a year",
    events=("{date: 2020-12-21, event: sign_up, package: basis, kind: bundle}",),
    day=Day(2021, 7, 20),
    route=ORDINARY,
)
_BOUND_TV = Example(
    title="Notice on TV in the last month of the binding",
    events=("{date: 2020-01-15, event: sign_up, package: basis, kind: tv}",),
    day=Day(2020, 6, 16),
    route=ORDINARY,
)
_BOUND_INTERNET = Example(
    title="Notice on internet in the last month of the binding",
    events=("{date: 2020-01-15, event: sign_up, package: basis, kind: internet}",),
    day=Day(2020, 6, 16),
    route=ORDINARY,
)
EXAMPLES: dict[str, Example] = {
    "fal.18": _USED,
    "fal.19": _LATE,
    "fal.22": _LATE,
    "fal.25": _USED,
    "fal.18.trial": _TRIAL,
    "fal.28": _TV,
    "fal.29": _TV,
    "tele.7": _INTERNET,
    "tele.10": _BUNDLE,
}
"""An example of every provision that gives more than a clause of the contract."""
BOUND = "opsigelse.2"
"""The clause about members who are bound."""
EXAMPLES_OF_BOUND: dict[str, Example] = {"fal.28": _BOUND_TV, "tele.7": _BOUND_INTERNET}
"""For that clause an example of a bound member."""
