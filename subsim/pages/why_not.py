"""What people read of the smallest changes that would have given another answer: a few lines below `can-cancel`'s."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from subsim.basics.labels import END_REASONS
from subsim.basics.languages import N_
from subsim.basics.reasons import Because, because
from subsim.pages.text import Page, titled

if TYPE_CHECKING:
    from subsim.answers.why_not import Instead

WITHOUT: dict[str, str] = {
    "sign_up": N_("Had the sign-up not come on {days}"),
    "confirmation_received": N_("Had the confirmation not been received on {days}"),
    "log_in": N_("Had the member not logged in on {days}"),
    "activate": N_("Had the service not been activated on {days}"),
    "withdraw": N_("Had there been no withdrawal on {days}"),
    "give_notice": N_("Had no notice been given on {days}"),
    "withdraw_notice": N_("Had the notice not been taken back on {days}"),
    "change_package": N_("Had the package not been changed on {days}"),
    "buy": N_("Had nothing been bought on {days}"),
    "pay": N_("Had nothing been paid on {days}"),
    "payment_method_fails": N_("Had the payment method not failed on {days}"),
    "payment_method_renewed": N_("Had the payment method not been renewed on {days}"),
    "complain": N_("Had there been no complaint on {days}"),
    "transfer": N_("Had no transfer been asked for on {days}"),
    "move": N_("Had the member not moved on {days}"),
    "lend_equipment": N_("Had no equipment been lent on {days}"),
    "return_equipment": N_("Had no equipment been returned on {days}"),
    "invoice_equipment": N_("Had no equipment been invoiced on {days}"),
    "announce_price_change": N_("Had no price change been announced on {days}"),
    "announce_service_change": N_("Had no service change been announced on {days}"),
    "announce_terms_change": N_("Had no terms change been announced on {days}"),
    "suspend": N_("Had access not been suspended on {days}"),
    "restore": N_("Had access not been restored on {days}"),
    "terminate": N_("Had Kabelplus not terminated on {days}"),
}
"""What is said of an event left out."""


def why_not_block(changes: Iterable["Instead"], page: Page) -> str:
    """The changes, a line each, under their title; nothing where there is none."""
    _ = page.translate
    lines = (page.wrapped(_line(each, page), " " * 4, "  ") for each in changes)
    return titled(_("What would have given another answer"), "\n".join(lines))


def _line(instead: "Instead", page: Page) -> str:
    end = page.words(_end(instead, page.translate(END_REASONS[instead.route])))
    return f"{_change(instead, page)}: {end}."


def _change(instead: "Instead", page: Page) -> str:
    if instead.notice_by is not None:
        return page.words(because("Had the notice come by {day}", day=instead.notice_by))
    days = page.language.listed(page.day(event.date) for event in instead.without)
    return page.words(because(WITHOUT[instead.without[0].name], days=days))


def _end(instead: "Instead", route: str) -> Because:
    if instead.is_over:
        return because("it would have ended on {day} ({way})", day=instead.ends_on, way=route)
    if instead.without and instead.route == "withdrawal":
        if instead.last is None:
            return because("withdrawal, as yet without a last day")
        return because("withdrawal until {day}", day=instead.last)
    return because("{day} ({way})", day=instead.ends_on, way=route)
