"""The ledger of an outcome: every line, payment, refund and adjustment as a transaction, and the totals as balances.

The balances are assertions: `bean-check` fails where the transactions do not add up to the totals of `subsim replay`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import subsim

RECEIVABLE, BANK = "Assets:Receivable", "Assets:Bank"
INCOME, ADJUSTMENTS = "Income:Lines", "Expenses:Adjustments"
_OPENED = "1900-01-01"


def ledger(scenario: Any) -> str:
    """The text of the ledger of a scenario, given as `subsim.replay` takes it; interest stands apart."""
    outcome = subsim.replay(scenario)
    told = outcome.to_dict()
    lines, totals = told["invoices"], told["totals"]
    accounts = sorted({_income(line) for line in lines} | {INCOME, RECEIVABLE, BANK, ADJUSTMENTS})
    text = ['option "operating_currency" "DKK"', "", *(f"{_OPENED} open {account} DKK" for account in accounts), ""]
    for line in lines:
        text += _transaction(line["date"], line["clause"], RECEIVABLE, _income(line), line["amount"])
    for payment in told["payments"]:
        text += _transaction(payment["date"], "payment", BANK, RECEIVABLE, payment["amount"])
    for refund in told["refunds"]:
        text += _transaction(refund["date"], refund["clause"], RECEIVABLE, BANK, refund["amount"])
    for each in outcome.adjustments:
        text += _transaction(
            each.date.isoformat(), "adjustment", ADJUSTMENTS, RECEIVABLE, str(Decimal(each.amount) / 100)
        )
    after = (date.fromisoformat(told["until"]) + timedelta(days=1)).isoformat()
    received = Decimal(totals["paid"]) - Decimal(totals["refunded"])
    text += _balance(after, RECEIVABLE, Decimal(totals["owed"]))
    text += _balance(after, BANK, received)
    text += _balance(after, ADJUSTMENTS, Decimal(totals["adjusted"]))
    text += _balance(after, INCOME, -Decimal(totals["charged"]))
    return "\n".join([*text, ""])


def _income(line: dict[str, Any]) -> str:
    """The account of a line by its kind: `Income:Lines:One-off`."""
    kind: str = line["kind"]
    return f"{INCOME}:{kind.replace('_', '-').capitalize()}"


def _transaction(day: str, words: str, to: str, of: str, amount: str) -> Iterator[str]:
    yield f'{day} * "{words}"'
    yield f"  {to}  {amount} DKK"
    yield f"  {of}  {-Decimal(amount)} DKK"
    yield ""


def _balance(day: str, account: str, amount: Decimal) -> Iterator[str]:
    yield f"{day} balance {account}  {amount:.2f} DKK"
