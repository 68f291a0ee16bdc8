"""What people read of the smallest changes that would have given another answer: a few lines below `can-cancel`'s."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from subsim.basics.texts import Message, join_words
from subsim.engine.labels import END_REASONS
from subsim.pages.blocks import Bullets, Paragraph, Section, section
from subsim.pages.text import Page

if TYPE_CHECKING:
    from subsim.answers.why_not import Instead

WITHOUT: dict[str, Message] = {
    "sign_up": Message("Had the sign-up not come on {days}"),
    "confirmation_received": Message("Had the confirmation not been received on {days}"),
    "log_in": Message("Had the member not logged in on {days}"),
    "activate": Message("Had the service not been activated on {days}"),
    "withdraw": Message("Had there been no withdrawal on {days}"),
    "give_notice": Message("Had no notice been given on {days}"),
    "withdraw_notice": Message("Had the notice not been taken back on {days}"),
    "change_package": Message("Had the package not been changed on {days}"),
    "buy": Message("Had nothing been bought on {days}"),
    "pay": Message("Had nothing been paid on {days}"),
    "payment_returned": Message("Had no payment gone back on {days}"),
    "credit_adjusted": Message("Had the credit not been adjusted on {days}"),
    "credit_paid_out": Message("Had no credit been paid out on {days}"),
    "charge": Message("Had nothing else been charged on {days}"),
    "payment_method_fails": Message("Had the payment method not failed on {days}"),
    "payment_method_renewed": Message("Had the payment method not been renewed on {days}"),
    "reminder": Message("Had no reminder been sent on {days}"),
    "complain": Message("Had there been no complaint on {days}"),
    "transfer": Message("Had no transfer been asked for on {days}"),
    "move": Message("Had the member not moved on {days}"),
    "lend_equipment": Message("Had no equipment been lent on {days}"),
    "return_equipment": Message("Had no equipment been returned on {days}"),
    "invoice_equipment": Message("Had no equipment been invoiced on {days}"),
    "announce_price_change": Message("Had no price change been announced on {days}"),
    "announce_service_change": Message("Had no service change been announced on {days}"),
    "announce_terms_change": Message("Had no terms change been announced on {days}"),
    "suspend": Message("Had access not been suspended on {days}"),
    "restore": Message("Had access not been restored on {days}"),
    "terminate": Message("Had Kabelplus not terminated on {days}"),
}
"""What is said of an event left out."""


def why_not_block(changes: Iterable["Instead"], page: Page) -> Section | None:
    """The changes, a line each, under their title; nothing where there is none."""
    _ = page.translate
    items = tuple(Paragraph(_line(each, page)) for each in changes)
    return section(_("What would have given another answer"), Bullets(items) if items else None)


def _line(instead: "Instead", page: Page) -> str:
    end = page.words(_end(instead, page.words(END_REASONS[instead.route])))
    return f"{_change(instead, page)}: {end}."


def _change(instead: "Instead", page: Page) -> str:
    if instead.notice_by is not None:
        return page.words(Message("Had the notice come by {day}", day=instead.notice_by))
    days = join_words((page.day(event.date) for event in instead.without), "and")
    return page.words(WITHOUT[instead.without[0].name].fill(days=days))


def _end(instead: "Instead", route: str) -> Message:
    if instead.is_over:
        return Message("it would have ended on {day} ({way})", day=instead.ends_on, way=route)
    if instead.without and instead.route == "withdrawal":
        if instead.last is None:
            return Message("withdrawal, as yet without a last day")
        return Message("withdrawal until {day}", day=instead.last)
    return Message("{day} ({way})", day=instead.ends_on, way=route)
