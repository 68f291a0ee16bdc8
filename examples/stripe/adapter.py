"""A system under test for `subsim conformance`: the story is played on a billing API, and its state read back.

`subsim conformance --system examples.stripe.adapter:Stripe --scenarios examples/stripe/stories --only scenario`

The fake has no clock: it knows a subscription's start, given as its backdated start, and its first period. So only
stories that end within that period are supported, of one subscription, and of the events below.
"""

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import stripe

Event = dict[str, Any]
_COUNTS = {"monthly": ("month", 1), "quarterly": ("month", 3), "half-yearly": ("month", 6), "yearly": ("year", 1)}
_WAIT = 20
"""Seconds for the fake to start."""


class Stripe:
    """The API, on a server of its own that ends with the process."""

    def __init__(self) -> None:
        port = _free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "localstripe", "--from-scratch", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TZ": "UTC"},
        )
        atexit.register(server.send_signal, signal.SIGKILL)
        _wait_for(port)
        self.client = stripe.StripeClient(
            "sk_test_12345", base_addresses={"api": f"http://127.0.0.1:{port}"}, max_network_retries=0
        )

    def __call__(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the API makes of the request, as far as it knows."""
        sign_up, *events = request["timeline"]
        if sign_up["event"] != "sign_up" or any(event["event"] == "sign_up" for event in events):
            raise NotImplementedError("one subscription")
        story = _Story(self.client, request, sign_up)
        if date.fromisoformat(request["until"]) >= story.period_ends:
            raise NotImplementedError("the fake has no clock: only the first period")
        for event in events:
            story.play(event)
        return story.outcome()


class _Story:
    """One subscription at the API, and the invoices that it has made."""

    def __init__(self, client: stripe.StripeClient, request: dict[str, Any], sign_up: Event) -> None:
        self.client, self.prices, self.sign_up = client, request["prices"], sign_up
        if sign_up["payment"] == "invoice":
            raise NotImplementedError("payment by invoice")
        self.package: str = sign_up["package"]
        self.invoices: dict[str, dict[str, Any]] = {}
        customer = client.v1.customers.create({"email": "member@example.com"})
        method = client.v1.payment_methods.create(
            {"type": "card", "card": {"number": "4242424242424242", "exp_month": 12, "exp_year": 2039, "cvc": "123"}}
        )
        client.v1.payment_methods.attach(method.id, {"customer": customer.id})
        client.v1.customers.update(customer.id, {"invoice_settings": {"default_payment_method": method.id}})
        self.customer = customer.id
        trial = {"trial_period_days": sign_up["trial_days"]} if sign_up["trial_days"] else {}
        subscription = client.v1.subscriptions.create(
            {
                "customer": customer.id,
                "items": [{"plan": self._plan(self.package)}],
                "backdate_start_date": _noon(sign_up["date"]),
                **trial,
            }  # type: ignore[arg-type] # the fake still takes plans, which the client no longer lists
        )
        self.subscription = subscription.id
        self._note_invoices(sign_up["date"], "period")

    @property
    def period_ends(self) -> date:
        """The first day of the second period, as the API has it."""
        return _day(self._state()["current_period_end"])

    def play(self, event: Event) -> None:
        """One event, by the call of the API that stands for it."""
        if event["event"] == "change_package":
            self._change(event)
        elif event["event"] == "give_notice" and event["ground"] is None and event["wanted_end"] is None:
            self.client.v1.subscriptions.update(self.subscription, {"cancel_at_period_end": True})
        else:
            raise NotImplementedError(event["event"])

    def _change(self, event: Event) -> None:
        """Another plan at once; the fake charges it, less what was paid, when an invoice is made."""
        self.package = event["to"]
        items: Any = [{"id": self._state()["items"]["data"][0]["id"], "plan": self._plan(self.package)}]
        self.client.v1.subscriptions.update(self.subscription, {"items": items})
        self.client.v1.invoices.create({"customer": self.customer, "subscription": self.subscription})
        self._note_invoices(event["date"], "upgrade")

    def outcome(self) -> dict[str, Any]:
        """What the API says, in the words of the terms; it knows no binding, and says nothing of it."""
        state = self._state()
        known: dict[str, Any] = {"id": self.sign_up["subscription"], "package": self.package, "ends_on": None}
        if state["cancel_at_period_end"]:
            known |= {"state": "ending", "ends_on": _day(state["current_period_end"])}
        elif state["status"] == "trialing":
            known |= {"state": "trial"}
        return {"subscriptions": [known], "invoices": list(self.invoices.values())}

    def _state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.client.v1.subscriptions.retrieve(self.subscription).to_dict()
        return found

    def _note_invoices(self, day: str, kind: str) -> None:
        """Remember the day on which each new invoice was made: the fake dates them by its own clock."""
        listed = self.client.v1.invoices.list({"customer": self.customer, "limit": 99})
        for invoice in listed.data:
            line = {"date": day, "kind": kind, "amount": Decimal(invoice.total) / 100}
            if kind == "period":
                line |= {"from": day, "to": self.period_ends}
            self.invoices.setdefault(invoice.id, line)

    def _plan(self, package: str) -> str:
        interval, count = _COUNTS[self.sign_up["billing"]]
        months = {"month": count, "year": 12}[interval]
        amount = int(self.prices[package].replace(".", "")) * months
        plan = self.client.v1.plans.create(
            {
                "currency": "dkk",
                "interval": interval,
                "interval_count": count,
                "amount": amount,
                "product": {"name": package},
            }
        )
        return plan.id


def _noon(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp())


def _day(moment: int) -> date:
    return (datetime.fromtimestamp(0, UTC) + timedelta(seconds=moment)).date()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"the fake did not start within {_WAIT} seconds")
