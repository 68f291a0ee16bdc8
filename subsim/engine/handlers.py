"""What a replay does with the events of each class: what decides them, and what must be over before them."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from subsim.engine.changes import CHANGES
from subsim.engine.decisions import MEMBER_RULES, SUBSCRIPTION_RULES, decide_for_subscription
from subsim.membership import events
from subsim.membership.data_events import EVERY_EVENT
from subsim.membership.member import Member
from subsim.membership.rulings import Ruling

CHANGES_ANNOUNCED: Final = frozenset(rule.event.name for rule in CHANGES.values())
"""The events that announce a change."""
KEEPS_DEADLINES: Final = frozenset(
    each.name
    for each in (
        *(events.Activate, events.Buy, events.Charge, events.Complain, events.ConfirmationReceived),
        *(events.CreditAdjusted, events.CreditPaidOut, events.InvoiceEquipment, events.LendEquipment),
        *(events.LogIn, events.Move, events.Pay, events.PaymentMethodFails, events.PaymentReturned),
        *(events.Reminder, events.Restore, events.ReturnEquipment, events.Suspend, events.Transfer),
    )
)
"""The events that move no deadline: no end, trial, binding or expiry of a card."""
ASKS_NO_PERIOD: Final = frozenset(
    each.name
    for each in (
        *(events.Activate, events.ConfirmationReceived, events.LendEquipment, events.LogIn, events.Move),
        *(events.Restore, events.ReturnEquipment, events.Suspend, events.Transfer),
    )
)
"""The events that neither ask nor change phases and charges: what is due may wait till after them, unless an end."""


class Handler:
    """What a replay does with the events of one name.

    `decide` takes the member and the event; it is None for an event about personal data, which changes nothing.
    """

    __slots__ = (*("announces", "asks_no_period", "decide", "has_subscription", "keeps_deadlines", "name", "signs_up"),)

    def __init__(self, shape: type[events.Event]) -> None:
        name = self.name = shape.name
        self.decide: Callable[[Member, Any], Ruling] | None = None
        if name in SUBSCRIPTION_RULES:
            self.decide = partial(decide_for_subscription, SUBSCRIPTION_RULES[name])
        elif name in MEMBER_RULES:
            self.decide = MEMBER_RULES[name].decide
        self.has_subscription = issubclass(shape, events.SubscriptionEvent | events.AgreementEvent)
        self.signs_up = name == events.SignUp.name
        self.announces = name in CHANGES_ANNOUNCED
        self.keeps_deadlines = name in KEEPS_DEADLINES
        self.asks_no_period = name in ASKS_NO_PERIOD


HANDLERS: Final[dict[type, Handler]] = {shape: Handler(shape) for shape in EVERY_EVENT.values()}
"""By class of the events replayed so far, and of all those that scenarios hold."""


def handler_of(shape: Any) -> Handler:
    """The handler of a class of events that is not among `HANDLERS` yet, such as those of a portfolio's records."""
    HANDLERS[shape] = HANDLERS[EVERY_EVENT[shape.name]]
    return HANDLERS[shape]
