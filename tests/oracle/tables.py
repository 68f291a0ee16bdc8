"""The tables of the model: numbers, readings, clauses, reference rates (model.md, sections 6, 9, 10, 11)."""

from __future__ import annotations

import sys

NUMBERS: dict[str, str] = {  # section 11
    "age-years": "18",
    "credit-check-over": "5000.00",
    "binding-months": "6",
    "quarter-months": "3",
    "notice-days": "30",
    "overdue-days": "10",
    "price-notice-days": "30",
    "price-exit-days": "3",
    "bound-exit-notice-days": "7",
    "bound-exit-window-days": "21",
    "service-notice-days": "30",
    "terms-notice-days": "30",
    "withdrawal-days": "14",
    "complaint-months": "1",
}

PROFILES = ("standard", "member", "operator")

POINTS: dict[str, tuple[tuple[str, ...], tuple[str, str, str]]] = {  # section 9: readings; choice per profile
    "ordinary-notice": (
        ("quarterly", "quarter-end", "thirty-days", "period-end", "earliest"),
        ("quarterly", "earliest", "quarterly"),
    ),
    "quarter-anchor": (("subscription", "calendar"), ("subscription", "subscription", "calendar")),
    "notice-in-binding": (("counts", "ends-at-binding", "refused"), ("counts", "ends-at-binding", "refused")),
    "binding-scope": (("subscription", "member"), ("subscription", "member", "subscription")),
    "trial-binding": (
        ("from-registration", "from-conversion"),
        ("from-registration", "from-registration", "from-conversion"),
    ),
    "withdrawal-channel": (("online", "distance"), ("online", "distance", "online")),
    "withdrawal-waiver": (("activation", "filter", "login"), ("activation", "filter", "login")),
    "upgrade-charge": (("difference", "prorated", "full"), ("difference", "prorated", "full")),
    "final-period": (("full", "prorated"), ("full", "prorated", "full")),
    "short-price-notice": (("deferred", "void"), ("deferred", "void", "deferred")),
    "price-in-binding": (("deferred", "void", "applies"), ("deferred", "void", "applies")),
    "price-cut-exit": (("any-change", "rises-only"), ("any-change", "any-change", "rises-only")),
    "bound-exit-window": (("within-21", "before-effect"), ("within-21", "within-21", "before-effect")),
    "website-announcement": (("counts", "email-only"), ("counts", "email-only", "counts")),
    "acceleration": (
        ("to-binding-end", "to-notice-end", "arrears-only"),
        ("to-binding-end", "arrears-only", "to-notice-end"),
    ),
    "late-payment-cure": (("cures", "persists"), ("cures", "cures", "persists")),
}

ROUTES: dict[str, tuple[str, ...]] = {  # section 6: the table's order and clauses
    "withdrawal": ("fortrydelse.1", "fortrydelse.2", "fortrydelse.3"),
    "trial": ("proevetilbud.2",),
    "price_change": ("prisaendringer.2", "opsigelse.2a"),
    "service_change": ("proevetilbud.5", "opsigelse.2b"),
    "terms_change": ("aendringer.3", "opsigelse.2c"),
    "ordinary": ("betaling.5", "opsigelse.1a", "opsigelse.2d"),
}

OPERATOR_CLAUSES = ("annullering.1a",)

CLOSED_ROUTE_CLAUSE = {  # section 10: give_notice on a route that is not open
    "trial": "proevetilbud.2",
    "price_change": "prisaendringer.2",
    "service_change": "proevetilbud.5",
    "terms_change": "aendringer.3",
    "ordinary": "opsigelse.2",
}

DEAD_CLAUSE = {  # section 10: events on a subscription that has ended or was never accepted
    "give_notice": "opsigelse.1a",
    "withdraw_notice": "opsigelse.1a",
    "withdraw": "fortrydelse.1",
    "confirmation_received": "fortrydelse.1",
    "change_package": "priser.3",
    "buy": "betaling.2",
    "lend_equipment": "udstyr.1",
    "log_in": "adgang.1",
    "activate": "adgang.1",
    "suspend": "annullering.1",
    "restore": "annullering.1",
    "terminate": "annullering.1",
}

ACCELERATION_CLAUSE = {  # section 10
    "overdue": "annullering.2c",
    "breach": "annullering.2b",
    "misuse": "annullering.2a",
    "security": "sikkerhed.1",
}

MONTHS_OF_BILLING = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}

REFERENCE_RATES = """
2012-01-01 0.70  2012-07-01 0.45  2013-01-01 0.20  2013-07-01 0.20  2014-01-01 0.20  2014-07-01 0.20
2015-01-01 0.20  2015-07-01 0.05  2016-01-01 0.05  2016-07-01 0.05  2017-01-01 0.05  2017-07-01 0.05
2018-01-01 0.05  2018-07-01 0.05  2019-01-01 0.05  2019-07-01 0.05  2020-01-01 0.05  2020-07-01 0.05
2021-01-01 0.05  2021-07-01 -0.35 2022-01-01 -0.45 2022-07-01 -0.45 2023-01-01 1.90  2023-07-01 3.25
2024-01-01 3.75  2024-07-01 3.50  2025-01-01 2.75  2025-07-01 1.75  2026-01-01 1.75  2026-07-01 2.00
"""

LATEST = sys.maxsize  # a choice made after everything announced so far
