"""Overdragelse: the member may not hand the agreement to anyone else (`overdragelse.1`).

Left out: Kabelplus' own right to transfer it, which decides no date and no amount.
"""

from subsim.basics.texts import Message
from subsim.membership.events import Transfer
from subsim.membership.member import Member
from subsim.membership.rules import Rule, of_member
from subsim.membership.rulings import Ruling, refuse


def transfer(member: Member, event: Transfer) -> Ruling:
    """A transfer by the member is refused."""
    return refuse("overdragelse.1", Message("the member may not transfer the agreement or a part of it"))


RULES: tuple[Rule, ...] = (of_member(Transfer, transfer, "overdragelse.1"),)
