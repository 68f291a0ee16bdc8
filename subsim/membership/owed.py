"""What may be owed: the kinds of invoice line and the duties, one row each. Every list of them derives from these."""

from typing import Literal, NamedTuple

from subsim.basics.enumerations import DutyName, LineKind
from subsim.basics.texts import Message


class LineRow(NamedTuple):
    """A kind of invoice line: its label, and the clauses under which a line of it is issued."""

    label: Message
    clauses: tuple[str, ...]


PERIOD = LineKind("period")
UPGRADE = LineKind("upgrade")
ONE_OFF = LineKind("one_off")
ACCELERATED = LineKind("accelerated")
EQUIPMENT = LineKind("equipment")
OTHER = LineKind("other")
FEE = LineKind("fee")
CREDIT = LineKind("credit")

LINES: dict[LineKind, LineRow] = {
    PERIOD: LineRow(Message("period"), ("betaling.2",)),
    UPGRADE: LineRow(Message("upgrade"), ("priser.3",)),
    ONE_OFF: LineRow(Message("one-off purchase"), ("betaling.2",)),
    ACCELERATED: LineRow(Message("due early"), ("annullering.2c", "annullering.2b", "annullering.2a", "sikkerhed.1")),
    EQUIPMENT: LineRow(Message("equipment"), ("udstyr.1",)),
    OTHER: LineRow(Message("other charge"), ("betaling.2",)),
    FEE: LineRow(Message("reminder fee"), ("rl.9b",)),
    CREDIT: LineRow(Message("credit"), ("fortrydelse.1", "annullering.1a")),
}


class DutyRow(NamedTuple):
    """A duty: its label, and what each one of it arises from.

    That is a line that was paid or an item that was lent, of one subscription each; or an event or a deadline.
    """

    label: Message
    arises_from: Literal["line", "item", "event", "deadline"]


RECEIPT = DutyName("receipt")
CARD_REMINDER = DutyName("card_reminder")
COMPLAINT_DECISION = DutyName("complaint_decision")
RETURN_EQUIPMENT = DutyName("return_equipment")
REFUND = DutyName("refund")

DUTIES: dict[DutyName, DutyRow] = {
    RECEIPT: DutyRow(Message("Kabelplus sends a receipt"), "line"),
    CARD_REMINDER: DutyRow(Message("Kabelplus reminds the member that the card expires"), "deadline"),
    COMPLAINT_DECISION: DutyRow(Message("Kabelplus decides the complaint"), "event"),
    RETURN_EQUIPMENT: DutyRow(Message("the member returns the equipment"), "item"),
    REFUND: DutyRow(Message("Kabelplus pays back what was paid"), "event"),
}
