"""Udbudsbekendtgørelserne, the orders on end-users' rights in telecoms: at most six months' binding and one month's
notice (`tele.7`), for a bundle with internet access too since 21 December 2020 (`tele.10`).

Left out, and given as notes: changes announced by the operator (`tele.6`), closing for arrears (`tele.arrears`) and a
disputed bill (`tele.complaint`). The text of the orders has not been seen.
"""

from subsim.basics.dates import Day, months
from subsim.basics.texts import Message
from subsim.membership.agreement import End, Note
from subsim.terms.law_points import LawReadings
from subsim.terms.statutes import PROVISIONS

BUNDLES_FROM = PROVISIONS["tele.10"].starts
"""The first day on which an order covers a bundle with internet access as a whole (`tele.10`)."""
LONGEST_BINDING_MONTHS = 6


def ordinary_end(concluded_on: Day, notice: Day, readings: LawReadings) -> End:
    """The end of the agreement by a notice (`tele.7`): one month later, not before six months from the agreement."""
    bound_until = months(concluded_on, LONGEST_BINDING_MONTHS)
    if readings.law_tele_month == "to-month-end":
        in_time = months(notice.replace(day=1), 2)
        reason = Message("notice of {notice}: end of the next month, {end}", notice=notice, end=in_time)
    else:
        in_time = months(notice, 1)
        reason = Message("notice of {notice} + 1 month = {end}", notice=notice, end=in_time)
    if in_time < bound_until:
        reason += Message("bound for six months from the agreement, until {day}", day=bound_until)
    return End(max(bound_until, in_time), reason)


def notes(notice: Day) -> list[Note]:
    """The rules that concern a notice of this day and from which nothing is computed."""
    unseen = Message("not computed: the text of the order has not been seen")
    found = []
    if PROVISIONS["tele.6"].in_force(notice):
        words = Message("a change is told to each member at least one month before, who may then leave without cost")
        found.append(Note("tele.6", words + unseen))
    words = Message("only the service that is not paid for may be closed")
    found.append(Note("tele.arrears", words + unseen))
    words = Message("a disputed bill is not collected while the complaint is handled and for four weeks after")
    return [*found, Note("tele.complaint", words + unseen)]
