"""The schemas of the summaries that the commands of `subsim portfolio` print as JSON."""

from collections.abc import Callable

from subsim.api.schema_parts import (
    AMOUNT,
    DATE,
    MONTH,
    NUMBER,
    TEXT,
    TEXT_OR_NULL,
    Keys,
    counts_of,
    list_of,
    object_schema,
    one_of,
    the,
    whole,
)
from subsim.basics.json_schema import Schema
from subsim.engine.ways import END_REASONS, WAYS
from subsim.membership.events import KINDS
from subsim.membership.phases import STATES
from subsim.retention.labels import STATUSES
from subsim.terms.law_routes import LAW_ROUTES

_UNTIL: Keys = {"until": (DATE, "the last day replayed")}
_RECORDS: Keys = {
    "records": (NUMBER, "how many records there are"),
    "rejected": (NUMBER, "how many of them are rejected"),
}
_REPLAYED: Keys = {"replayed": (NUMBER, "how many members are replayed")}
_DUPLICATES: Keys = {
    "duplicates": (NUMBER, "how many records are of a member who stands in an earlier line"),
    "first_duplicates": (list_of(the("DuplicateRecord")), "the first of them"),
}
_DUPLICATE = object_schema(
    "A record of a member who stands in an earlier line.",
    {"member": (TEXT, "the id"), "line": (NUMBER, "the line"), "first_line": (NUMBER, "the earlier line")},
)
_SUMS: Keys = {
    "billed": (AMOUNT, "what is charged"),
    "paid": (AMOUNT, "what is paid"),
    "refunded": (AMOUNT, "what is refunded"),
    "adjusted": (AMOUNT, "by how much credit is adjusted"),
    "owed": (AMOUNT, "what is owed at the end"),
}


def _run_schema() -> Schema:
    ends = object_schema(
        "The ends of a month for one reason.",
        {
            "month": (MONTH, "the month"),
            "reason": (one_of(END_REASONS), "the reason"),
            "subscriptions": (NUMBER, "how many subscriptions end"),
        },
    )
    announcement = object_schema(
        "An announcement of the header, with the ways out that it opens.",
        {
            "date": (DATE, "the day of the announcement"),
            "event": (TEXT, "the name of the event"),
            "effective": (DATE, "the day on which the change takes effect"),
            "members_with_exit": (NUMBER, "how many members have a way out by it"),
            "subscriptions_with_exit": (NUMBER, "how many subscriptions have a way out by it"),
            "revenue_a_month": (AMOUNT, "what these subscriptions cost a month"),
        },
    )
    run = object_schema(
        "The summary of `subsim portfolio run`.",
        {
            **_UNTIL,
            **_RECORDS,
            "members": (
                counts_of((*STATES, "none")),
                "how many members there are by phase; `none` has no subscription",
            ),
            "subscriptions": (counts_of(STATES), "how many subscriptions there are by phase"),
            "ends": (list_of(the("EndsOfMonth")), "the ends by month and reason"),
            "months": (list_of(the("MoneyOfMonth")), "the money by month"),
            "totals": (the("MoneyInAll"), "the money in all"),
            "announcements": (list_of(the("AnnouncedExits")), "the announcements of the header, in its order"),
            **_DUPLICATES,
        },
    )
    return whole(
        "PortfolioRun",
        PortfolioRun=run,
        EndsOfMonth=ends,
        MoneyOfMonth=object_schema("The money of a month.", {"month": (MONTH, "the month"), **_SUMS}),
        MoneyInAll=object_schema("The money in all.", {**_SUMS, "interest": (AMOUNT, "the interest")}),
        AnnouncedExits=announcement,
        DuplicateRecord=_DUPLICATE,
    )


def _compare_schema() -> Schema:
    ends = object_schema(
        "How many members have an end that differs.",
        {
            "sooner": (NUMBER, "how many end sooner"),
            "later": (NUMBER, "how many end later"),
            "now_ending": (NUMBER, "how many end under the header after only"),
            "no_longer_ending": (NUMBER, "how many end under the header before only"),
            "now_signed_up": (NUMBER, "how many are signed up under the header after only"),
            "no_longer_signed_up": (NUMBER, "how many are signed up under the header before only"),
        },
    )
    change = object_schema(
        "The members who are charged more, or less.",
        {"members": (NUMBER, "how many members"), "amount": (AMOUNT, "by how much in all")},
    )
    ways_out: Keys = {
        "gained": (NUMBER, "how many members gain one"),
        "lost": (NUMBER, "how many members lose one"),
    }
    both = object_schema(
        "A sum under both headers.",
        {
            "before": (AMOUNT, "the sum under the header before"),
            "after": (AMOUNT, "the sum under the header after"),
            "change": (AMOUNT, "the second less the first"),
        },
    )
    member = object_schema(
        "A member for whom much changes.",
        {
            "line": (NUMBER, "the line"),
            "member": (TEXT_OR_NULL, "the id"),
            "charged_before": (AMOUNT, "what is charged under the header before"),
            "charged_after": (AMOUNT, "what is charged under the header after"),
            "charged_change": (AMOUNT, "the second less the first"),
            "days_apart": (NUMBER, "the days between the ends, without sign"),
        },
    )
    compared = object_schema(
        "The summary of `subsim portfolio compare`.",
        {
            **_UNTIL,
            **_RECORDS,
            "compared": (NUMBER, "how many members are compared"),
            "unchanged": (NUMBER, "for how many of them nothing changes"),
            "ends": (the("ChangedEnds"), "the ends that differ"),
            "charged": (
                {
                    "type": "object",
                    "propertyNames": one_of(("more", "less")),
                    "additionalProperties": the("ChargeChange"),
                },
                "who is charged `more`, and who `less`",
            ),
            "ways_out": (the("ChangedWaysOut"), "the ways out that differ"),
            "routes": (list_of(the("ChangedRoute")), "the ways out that differ, by way"),
            "totals": (
                {"type": "object", "additionalProperties": the("SumOfBoth")},
                "the sums under both headers, by name",
            ),
            "most_affected": (list_of(the("AffectedMember")), "the members for whom most changes"),
            **_DUPLICATES,
        },
    )
    route: Keys = {"route": (one_of(WAYS), "the way out")}
    return whole(
        "PortfolioComparison",
        PortfolioComparison=compared,
        ChangedEnds=ends,
        ChargeChange=change,
        ChangedWaysOut=object_schema("How many members gain or lose a way out.", ways_out),
        ChangedRoute=object_schema("How many members gain or lose one way out.", {**route, **ways_out}),
        SumOfBoth=both,
        AffectedMember=member,
        DuplicateRecord=_DUPLICATE,
    )


def _contested_schema() -> Schema:
    reading: Keys = {
        "point": (TEXT, "the contested point"),
        "as_read": (TEXT, "how the header reads it"),
        "reading": (TEXT, "the other reading"),
        "members": (NUMBER, "how many members depend on it"),
    }
    of_terms = object_schema(
        "Another reading of the terms that changes something.",
        {
            **reading,
            "clauses": (list_of(TEXT), "the clauses of the point"),
            "days_apart": (NUMBER, "the days between the ends, without sign"),
            "one_sided_ends": (NUMBER, "how many ends are known under one of the two readings only"),
            "charged_apart": (AMOUNT, "what is charged more or less, without sign"),
            "charged_change": (AMOUNT, "what is charged more, less what is charged less"),
            "not_replayed": (NUMBER, "how many members cannot be replayed under it"),
        },
    )
    of_data = object_schema(
        "Another reading of the policy that changes something.",
        {
            **reading,
            "records": (NUMBER, "how many holdings depend on it"),
            "requests": (NUMBER, "how many requests depend on it"),
            "days_apart": (NUMBER, "the days between the last days, without sign"),
            "one_sided": (NUMBER, "how many last days are known under one of the two readings only"),
        },
    )
    settled = object_schema(
        "A contested point of which no other reading changes anything.",
        {"point": (TEXT, "the contested point"), "clauses": (list_of(TEXT), "the clauses of the point")},
    )
    contested = object_schema(
        "The summary of `subsim portfolio contested`.",
        {
            **_UNTIL,
            **_RECORDS,
            **_REPLAYED,
            "depending": (NUMBER, "how many members depend on some reading"),
            "charged": (AMOUNT, "what is charged in all as the header reads the terms"),
            "readings": (list_of(the("WorthOfReading")), "the other readings, the most kroner first"),
            "settled": (list_of(the("SettledPoint")), "the points that are settled for these members"),
            **_DUPLICATES,
        },
        {
            "policy": (TEXT, "the policy"),
            "data_readings": (
                list_of(the("WorthOfDataReading")),
                "the other readings of the policy, the most holdings first",
            ),
            "data_settled": (list_of(TEXT), "the points of the policy that are settled for these members"),
        },
    )
    return whole(
        "PortfolioContested",
        PortfolioContested=contested,
        WorthOfReading=of_terms,
        WorthOfDataReading=of_data,
        SettledPoint=settled,
        DuplicateRecord=_DUPLICATE,
    )


def _law_schema() -> Schema:
    provision = object_schema(
        "What a provision gives beyond the contract, by one way and of one kind of agreement.",
        {
            "provision": (TEXT, "the provision"),
            "confidence": (one_of("SAm"), "our confidence in it"),
            "route": (one_of(LAW_ROUTES), "the way out"),
            "kind": ({"enum": [*KINDS, None]}, "the kind of agreement; null where it makes no difference"),
            "subscriptions": (NUMBER, "how many subscriptions it gives more"),
            "surely": (NUMBER, "how many of them surely"),
            "sure_days": (NUMBER, "by how many days they end sooner, surely"),
            "arguable_days": (NUMBER, "by how many days they end sooner, arguably"),
            "sure_amount": (AMOUNT, "how much more comes back, surely"),
            "arguable_amount": (AMOUNT, "how much more comes back, arguably"),
        },
    )
    law = object_schema(
        "The summary of `subsim portfolio law`.",
        {
            **_UNTIL,
            **_RECORDS,
            **_REPLAYED,
            "covered": (NUMBER, "how many members have a subscription that the law covers"),
            "given_less": (NUMBER, "to how many the contract gives less, surely or arguably"),
            "surely_given_less": (NUMBER, "to how many the contract surely gives less"),
            "provisions": (list_of(the("ProvisionSums")), "the provisions that give more, in their order"),
            **_DUPLICATES,
        },
    )
    return whole("PortfolioLaw", PortfolioLaw=law, ProvisionSums=provision, DuplicateRecord=_DUPLICATE)


def _retention_schema() -> Schema:
    lists: Keys = {
        "disposals": (NUMBER, "how many holdings fall due in the period"),
        "kept": (NUMBER, "how many a minimum or a hold keeps"),
        "unclear": (NUMBER, "how many have no date for want of a fact"),
        "overdue": (NUMBER, "how many holdings and requests are overdue"),
        "requests": (NUMBER, "how many requests fall due in the period"),
    }
    clause = object_schema(
        "The lists of one clause.", {"clause": (TEXT_OR_NULL, "the clause; null where none gives the day"), **lists}
    )
    day = object_schema(
        "What falls due on a day under one clause.",
        {
            "date": (DATE, "the day"),
            "category": (TEXT, "the category"),
            "clause": (TEXT, "the clause"),
            "holdings": (NUMBER, "how many holdings fall due"),
        },
    )
    month = object_schema(
        "What falls due in a month.",
        {
            "month": (MONTH, "the month"),
            "holdings": (NUMBER, "how many holdings fall due"),
            "by_clause": ({"type": "object", "additionalProperties": NUMBER}, "how many of them by clause"),
        },
    )
    retention = object_schema(
        "The summary of `subsim portfolio retention`.",
        {
            **_UNTIL,
            "policy": (TEXT, "the policy"),
            "profile": (TEXT, "the profile"),
            **_RECORDS,
            **_REPLAYED,
            "holdings": (counts_of(STATUSES), "how many holdings there are by status"),
            **_DUPLICATES,
        },
        {
            "from": (DATE, "the first day of the period"),
            "to": (DATE, "the last day of the period"),
            **lists,
            "members_with_disposals": (NUMBER, "how many members have holdings that fall due"),
            "by_clause": (list_of(the("ListsOfClause")), "the lists by clause"),
            "by_day": (list_of(the("DueOnDay")), "what falls due by day, category and clause"),
            "months": (list_of(the("DueInMonth")), "what falls due by month, up to twelve months after the period"),
            "disposed_since": (DATE, "the day from which on disposals that were done are listed"),
            "disposed": (NUMBER, "how many holdings were disposed of since then"),
        },
    )
    return whole(
        "PortfolioRetention",
        PortfolioRetention=retention,
        ListsOfClause=clause,
        DueOnDay=day,
        DueInMonth=month,
        DuplicateRecord=_DUPLICATE,
    )


PORTFOLIO_SCHEMAS: dict[str, Callable[[], Schema]] = {
    "portfolio-run": _run_schema,
    "portfolio-compare": _compare_schema,
    "portfolio-contested": _contested_schema,
    "portfolio-law": _law_schema,
    "portfolio-retention": _retention_schema,
}
"""By command the function that gives the schema of its summary."""
