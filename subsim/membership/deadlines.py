"""What time alone brings about for a member: the deadlines that a replay notes, one row each."""

from typing import NamedTuple

from subsim.basics.enumerations import DutyName
from subsim.basics.texts import Message
from subsim.membership.events import EVENTS, AnnouncePriceChange, AnnounceServiceChange, AnnounceTermsChange, ChangeKind
from subsim.membership.owed import CARD_REMINDER, RECEIPT, RETURN_EQUIPMENT
from subsim.membership.phases import Transition


class DeadlineRow(NamedTuple):
    """A deadline: its label, and what it brings about.

    `changes` names the facts that it changes, by which those that fall on one day are told apart, and `duties` what
    must then be done. `transition` is the one that it makes of the subscription's phase. A picture says the `sentence`,
    which takes the `reason` of an end; where `says_reason`, the last part of the decision's reason instead, such as the
    new price; with neither, nothing.
    """

    label: Message
    changes: tuple[str, ...] = ()
    duties: tuple[DutyName, ...] = ()
    transition: Transition | None = None
    sentence: Message | None = None
    says_reason: bool = False


END_TAKES_EFFECT = "end_takes_effect"
TRIAL_ENDS = "trial_ends"
BINDING_ENDS = "binding_ends"
DOWNGRADE_TAKES_EFFECT = "downgrade_takes_effect"
PERIOD_BEGINS = "period_begins"
CARD_EXPIRES = "card_expires"


def takes_effect(kind: ChangeKind) -> str:
    """The deadline on which an announced change of this kind takes effect."""
    return f"{kind}_takes_effect"


DEADLINES: dict[str, DeadlineRow] = {
    END_TAKES_EFFECT: DeadlineRow(
        label=Message("end of the subscription"),
        changes=("state", "ended_on", "next_package"),
        duties=(RETURN_EQUIPMENT,),
        transition=Transition.END,
        sentence=Message("the subscription ends: {reason}"),
    ),
    TRIAL_ENDS: DeadlineRow(
        label=Message("end of the trial"),
        changes=("state",),
        transition=Transition.TRIAL_ENDS,
        sentence=Message("the trial is over"),
    ),
    BINDING_ENDS: DeadlineRow(
        label=Message("end of the binding"),
        changes=("state",),
        transition=Transition.BINDING_ENDS,
        sentence=Message("no longer bound"),
    ),
    takes_effect(AnnouncePriceChange.kind): DeadlineRow(
        label=Message("price change takes effect"),
        changes=("price",),
        sentence=Message("the new price applies"),
        says_reason=True,
    ),
    takes_effect(AnnounceServiceChange.kind): DeadlineRow(
        label=Message("service change takes effect"),
        sentence=Message("the service change takes effect"),
    ),
    takes_effect(AnnounceTermsChange.kind): DeadlineRow(
        label=Message("terms change takes effect"),
        changes=("terms_since",),
        sentence=Message("the new terms apply"),
    ),
    DOWNGRADE_TAKES_EFFECT: DeadlineRow(
        label=Message("downgrade takes effect"),
        changes=("package", "next_package", "price"),
        says_reason=True,
    ),
    PERIOD_BEGINS: DeadlineRow(
        label=Message("new period"),
        changes=("issued", "open"),
        duties=(RECEIPT,),
    ),
    CARD_EXPIRES: DeadlineRow(
        label=Message("card expires"),
        duties=(CARD_REMINDER,),
        sentence=Message("the card expires"),
    ),
}

TRANSITION_BY: dict[str, Transition] = {
    name: made
    for name, made in (
        *((name, event.transition) for name, event in EVENTS.items()),
        *((name, row.transition) for name, row in DEADLINES.items()),
    )
    if made is not None
}
"""The transition that an event or a deadline makes, by its name, of those that make one."""
