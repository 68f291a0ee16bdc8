"""What a scenario may expect: the classes of `expect` and `ask`, with keys as in the JSON of the outcome.

Only the keys that are given are compared.
"""

from typing import Literal, Required, TypedDict

from attrs import field

from subsim.basics.dates import Day
from subsim.basics.enumerations import Better, DutyName, LawGap, LineKind, State
from subsim.basics.values import frozen
from subsim.files.annotations import (
    Assumed,
    Clause,
    DoubtName,
    EndReasonName,
    EventName,
    HoldingStatus,
    IsoDay,
    Kroner,
    LawPointName,
    PolicyClauseId,
    ProvisionId,
    RouteName,
    RouteTaken,
    SubscriptionId,
)
from subsim.membership.events import KINDS, PackageName
from subsim.terms.law_routes import LAW_ROUTES
from subsim.terms.policies import Action, CategoryName, Right, Value
from subsim.terms.statutes import Confidence, Standing


class ExpectedState(TypedDict, total=False):
    """The state of a subscription; every key may be null."""

    state: State | None
    suspended: bool | None
    ended_on: IsoDay | None
    end_reason: EndReasonName | None
    ends_on: IsoDay | None
    binding_ends: IsoDay | None
    package: PackageName | None
    terms_since: IsoDay | None
    states: list[tuple[IsoDay, State]] | None


_Covered = TypedDict("_Covered", {"from": IsoDay | None, "to": IsoDay | None}, total=False)


class ExpectedInvoice(_Covered, total=False):
    """One line of the invoices."""

    date: Required[IsoDay]
    kind: Required[LineKind]
    amount: Required[Kroner]
    subscription: SubscriptionId | None
    package: PackageName | None
    clause: Clause


class ExpectedTotals(TypedDict, total=False):
    """Sums over the whole replay; `owed` is charged - paid + refunded - adjusted."""

    charged: Kroner
    paid: Kroner
    refunded: Kroner
    adjusted: Kroner
    owed: Kroner
    interest: Kroner


class ExpectedRefusal(TypedDict, total=False):
    """One refused event."""

    date: Required[IsoDay]
    event: Required[EventName]
    clause: Clause
    subscription: SubscriptionId | None


class ExpectedDuty(TypedDict):
    """One duty; its date is null where the terms date it by nothing."""

    date: IsoDay | None
    duty: DutyName
    clause: Clause


class ExpectedKept(TypedDict, total=False):
    """What keeps a holding longer than its limit."""

    clause: PolicyClauseId
    until: IsoDay | None


class ExpectedHolding(TypedDict, total=False):
    """One holding: the latest of its category, or that of the id."""

    category: Required[CategoryName]
    id: str
    held_from: IsoDay
    status: HoldingStatus
    inactive_on: IsoDay | None
    use_ends_on: IsoDay | None
    restricted_from: IsoDay | None
    retain_until: IsoDay | None
    retain_clause: PolicyClauseId | None
    dispose_by: IsoDay | None
    not_before: IsoDay | None
    action: Action | None
    clause: PolicyClauseId | None
    moved_by: PolicyClauseId | None
    kept_longer: list[ExpectedKept]
    disposed_on: IsoDay | None
    verdict: Literal["too_early", "in_time", "late"] | None


class ExpectedEffect(TypedDict, total=False):
    """What became of a request for one holding."""

    category: CategoryName
    id: str
    outcome: Literal["erase", "keep", "stop_use", "restrict", "answer"]
    until: IsoDay | None
    clauses: list[PolicyClauseId]


class ExpectedRequest(TypedDict, total=False):
    """One request: the latest of that name."""

    request: Required[str]
    right: Right
    received_on: IsoDay
    clock_from: IsoDay | None
    policy_by: IsoDay | None
    policy_clause: PolicyClauseId | None
    statute_by: IsoDay | None
    statute_clause: PolicyClauseId | None
    answer_by: IsoDay | None
    refuse_by: IsoDay | None
    extended: bool
    answered_on: IsoDay | None
    verdict: Literal["in_time", "late"] | None
    outcomes: list[ExpectedEffect]


class ExpectedDataDuty(TypedDict, total=False):
    """One duty about personal data."""

    date: IsoDay | None
    duty: Required[Literal["answer", "notify_authority", "notify_members"]]
    clause: PolicyClauseId | None


class ExpectedDataRefusal(TypedDict, total=False):
    """One event that came too late to count."""

    date: IsoDay
    event: Required[EventName]
    clause: PolicyClauseId | None


class ExpectedRetention(TypedDict, total=False):
    """What `retention` must say: the given entries must be among those found; `unclear` lists all that are."""

    holdings: list[ExpectedHolding]
    requests: list[ExpectedRequest]
    duties: list[ExpectedDataDuty]
    refused: list[ExpectedDataRefusal]
    unclear: list[str]


class Expectation(ExpectedState, total=False):
    """What the outcome must say: of the only subscription, of several under `subscriptions`, and of the member."""

    subscriptions: dict[SubscriptionId, ExpectedState]
    invoices: list[ExpectedInvoice]
    totals: ExpectedTotals
    refused: list[ExpectedRefusal]
    duties: list[ExpectedDuty]
    retention: ExpectedRetention


class ExpectedRoute(TypedDict, total=False):
    """One way out as of the date of the question."""

    open: bool
    ends_on: IsoDay | None
    give_notice_by: IsoDay | None
    refund: Kroner | None
    still_to_pay: Kroner | None


class ExpectedFloor(TypedDict, total=False):
    """One column of a row of the law."""

    open: bool
    ends_on: IsoDay | None
    give_notice_by: IsoDay | None
    refund: Kroner | None
    refund_by: IsoDay | None
    still_to_pay: Kroner | None


class ExpectedLawWay(TypedDict, total=False):
    """One row of the law: a way out by law and contract together."""

    sure: Literal["closed"] | ExpectedFloor
    arguable: Literal["closed"] | ExpectedFloor
    better: Better
    provisions: list[ProvisionId]
    standing: Standing
    confidence: Confidence
    points: list[LawPointName]


_LAW_ROWS = [name for route in LAW_ROUTES for name in (route, *(f"{route}.{kind}" for kind in KINDS))]
"""The rows that a question may name: a route that is the same for all kinds of agreement, or that of one kind."""

ExpectedLaw = TypedDict(
    "ExpectedLaw",
    {
        "covered": bool,
        "why_not": LawGap | None,
        **dict.fromkeys(_LAW_ROWS, ExpectedLawWay | None),  # type: ignore[misc] # one for every route and kind
    },
    total=False,
)
ExpectedLaw.__doc__ = """What the law must say beside the contract."""


class ExpectedWorlds(TypedDict, total=False):
    """How many worlds the doubts make."""

    possible: Value
    impossible: Value


class ExpectedCase(TypedDict):
    """One of the answers that the doubts leave, and the facts that give it."""

    facts: list[dict[DoubtName, Assumed]]
    can_cancel: bool
    earliest_end: IsoDay | None
    route: RouteTaken | None


class ExpectedAnswer(TypedDict, total=False):
    """What the answer to a question must say."""

    can_cancel: bool
    earliest_end: IsoDay | None
    route: RouteTaken | None
    state: State | None
    clauses: list[Clause]
    routes: dict[RouteName, Literal["closed"] | ExpectedRoute]
    owed: Kroner
    overdue: Kroner
    overdue_since: IsoDay | None
    interest: Kroner | None
    retention: ExpectedRetention
    law: ExpectedLaw
    worlds: ExpectedWorlds
    decisive: list[DoubtName]
    cases: list[ExpectedCase]


@frozen(kw_only=True)
class Ask:
    """A question as of the end of a date: can the member cancel this subscription; with the answer expected."""

    date: Day
    subscription: SubscriptionId = SubscriptionId("main")
    expect: ExpectedAnswer = field(factory=ExpectedAnswer, metadata={"spread": True})
