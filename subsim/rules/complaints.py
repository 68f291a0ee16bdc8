"""Tvister og klager: a complaint is decided within a month, as a rule (`tvister.2`).

Left out: the courts and the choice of law (`tvister.3`, `tvister.4`).
"""

from subsim.basics.dates import months
from subsim.basics.texts import Message
from subsim.membership.events import Complain
from subsim.membership.member import Member
from subsim.membership.owed import COMPLAINT_DECISION
from subsim.membership.rules import Rule, of_member
from subsim.membership.rulings import Ruling, accept

# tvister.2: `complaint-months`


def complain(member: Member, event: Complain) -> Ruling:
    """Kabelplus must decide one month after the complaint, by the terms of the subscription that it names.

    The terms of an ended subscription are those of its last day. Without a subscription they are those announced.
    """
    named = None if event.subscription is None else member.by_id.get(event.subscription)
    terms = member.announcements.terms_for(member.terms, event.date) if named is None else named.terms_now
    decided_by = months(event.date, terms.numbers.complaint_months)
    member.ledger.owe(decided_by, COMPLAINT_DECISION, "tvister.2")
    return accept("tvister.2", Message("a decision is due by {day}, as a rule", day=decided_by))


RULES: tuple[Rule, ...] = (of_member(Complain, complain),)
