"""The sentences on the law by key, one for each reader, and the values that stand in them."""

from typing import Literal

from subsim.answers.law import Floor, LawWay
from subsim.basics.enumerations import LawGap
from subsim.basics.texts import Message
from subsim.pages.text import Page
from subsim.terms.statutes import PROVISIONS, in_order

Voice = Literal["desk", "letter"]
"""The reader of a sentence: the staff at the desk, or the member in a letter."""


SENTENCES: dict[str, dict[Voice, Message]] = {
    "contract": {
        "desk": Message("The contract ends it on {end}"),
        "letter": Message("By our terms your subscription ends on {end}"),
    },
    "no contract": {
        "desk": Message("The contract gives no way out"),
        "letter": Message("Our terms give you no way out as yet"),
    },
    "no more": {
        "desk": Message("mandatory law, as read here, gives no more"),
        "letter": Message("Mandatory law, as we read it, gives you no more than that"),
    },
    "no more for certain": {
        "desk": Message("mandatory law, as read here, gives no more for certain"),
        "letter": Message("Mandatory law, as we read it, gives you no more than that for certain"),
    },
    "withdraw": {
        "desk": Message("mandatory law, as read here, lets the member withdraw until {last} ({basis})"),
        "letter": Message("By mandatory law, as we read it, you can withdraw until {last} ({basis})"),
    },
    "withdraw, back": {
        "desk": Message(
            "mandatory law, as read here, lets the member withdraw until {last} ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, you can withdraw until {last} ({basis}) and get {refund:kr} back"
        ),
    },
    "withdraw, no last day": {
        "desk": Message("mandatory law, as read here, lets the member withdraw ({basis})"),
        "letter": Message("By mandatory law, as we read it, you can withdraw ({basis})"),
    },
    "withdraw, no last day, back": {
        "desk": Message("mandatory law, as read here, lets the member withdraw ({basis}) and gives {refund:kr} back"),
        "letter": Message("By mandatory law, as we read it, you can withdraw ({basis}) and get {refund:kr} back"),
    },
    "sent": {
        "desk": Message("by mandatory law, as read here, the withdrawal sent on {end} counts ({basis})"),
        "letter": Message("By mandatory law, as we read it, your withdrawal of {end} counts ({basis})"),
    },
    "sent, back": {
        "desk": Message(
            "by mandatory law, as read here, the withdrawal sent on {end} counts ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, your withdrawal of {end} counts ({basis}), and you get {refund:kr} back"
        ),
    },
    "arguably back": {
        "desk": Message("arguably {refund:kr} back ({basis})"),
        "letter": Message("The law can also be read so that you get {refund:kr} back ({basis})"),
    },
    "arguably withdraw": {
        "desk": Message("mandatory law arguably lets the member withdraw until {last} ({basis})"),
        "letter": Message("The law can also be read so that you can withdraw until {last} ({basis})"),
    },
    "leave": {
        "desk": Message("mandatory law, as read here, lets the member leave by {end} ({basis})"),
        "letter": Message("By mandatory law, as we read it, you can leave by {end} ({basis})"),
    },
    "leave, back": {
        "desk": Message(
            "mandatory law, as read here, lets the member leave by {end} ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message("By mandatory law, as we read it, you can leave by {end} ({basis}) and get {refund:kr} back"),
    },
    "left": {
        "desk": Message("by mandatory law, as read here, the notice given ended it on {end} ({basis})"),
        "letter": Message("By mandatory law, as we read it, your notice ended the subscription on {end} ({basis})"),
    },
    "left, back": {
        "desk": Message(
            "by mandatory law, as read here, the notice given ended it on {end} ({basis}) and gives {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, your notice ended the subscription on {end} ({basis}), "
            "and you get {refund:kr} back"
        ),
    },
    "back": {
        "desk": Message("mandatory law, as read here, gives {refund:kr} back ({basis})"),
        "letter": Message("By mandatory law, as we read it, you get {refund:kr} back ({basis})"),
    },
    "less to pay": {
        "desk": Message("mandatory law, as read here, leaves {cost:kr} to pay until then ({basis})"),
        "letter": Message("By mandatory law, as we read it, you have {cost:kr} to pay until then ({basis})"),
    },
    "arguably leave": {
        "desk": Message("arguably by {end} ({basis})"),
        "letter": Message("The law can also be read so that you can leave by {end} ({basis})"),
    },
    "arguably leave, back": {
        "desk": Message("arguably by {end} with {refund:kr} back ({basis})"),
        "letter": Message("The law can also be read so that you can leave by {end} and get {refund:kr} back ({basis})"),
    },
    "arguably left": {
        "desk": Message("arguably on {end} ({basis})"),
        "letter": Message("The law can also be read so that it ended on {end} ({basis})"),
    },
    "arguably left, back": {
        "desk": Message("arguably on {end} with {refund:kr} back ({basis})"),
        "letter": Message("The law can also be read so that it ended on {end} and you get {refund:kr} back ({basis})"),
    },
    "purchase": {
        "desk": Message(
            "by mandatory law, as read here, what was bought can be undone until {last} ({basis}) with {refund:kr} back"
        ),
        "letter": Message(
            "By mandatory law, as we read it, you can withdraw from what you bought until {last} ({basis}) "
            "and get {refund:kr} back"
        ),
    },
    "cold call": {
        "desk": Message("arguably the call that was not asked for binds the member to nothing ({basis})"),
        "letter": Message(
            "The law can also be read so that our call, which you had not asked for, binds you to nothing ({basis})"
        ),
    },
    "cold call, back": {
        "desk": Message(
            "arguably the call that was not asked for binds the member to nothing ({basis}), with {refund:kr} back"
        ),
        "letter": Message(
            "The law can also be read so that our call, which you had not asked for, binds you to nothing ({basis}), "
            "and you get {refund:kr} back"
        ),
    },
}
"""By key the sentence for each reader."""


NOT_SHOWN: dict[LawGap, Message] = {
    "before-2014-06-13": Message("The agreement was made before 13 June 2014"),
    "commercial": Message("The use is commercial"),
}


UNCONFIRMED = Message("unconfirmed")
"""The mark beside a date or amount from a provision that is known from memory only."""


def values_of(
    voice: Voice, ways: list[LawWay], floor: Floor, page: Page, *, by: set[str] | None = None
) -> dict[str, object]:
    """The values of a sentence on a column, for rows with the same one; `by` are other provisions than the decisive."""
    ids = in_order({way.decisive for way in ways} if by is None else by)
    basis = ", ".join(ids if voice == "desk" else (_as_read_by_member(id, page) for id in ids))
    if not all(way.is_confirmed for way in ways):
        basis = f"{basis}, {page.words(UNCONFIRMED)}"
    return {
        "end": floor.ends_on,
        "last": floor.give_notice_by,
        "refund": floor.refund,
        "cost": floor.still_to_pay,
        "basis": basis,
    }


def _as_read_by_member(id: str, page: Page) -> str:
    """The statute of a provision and what it is about, for who knows no ids."""
    provision, code = PROVISIONS[id], page.language.code
    about = provision.heading if code == "da" else provision.heading_en
    return page.words(
        Message("{statute} on {subject}", statute=provision.statute.short(code), subject=about[:1].lower() + about[1:])
    )
