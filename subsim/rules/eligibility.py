"""Adgang til og brug af tjenesterne: who may sign up (`adgang.9`-`.14`), and what these terms do not govern (`tv.1`).

Left out: that information given must be right (`adgang.12`), the country of delivery (`adgang.13`) and the advice to
register e-mail and phone (`adgang.15`): they decide no date and no amount.
"""

from subsim.basics.dates import Day, has_aged, months
from subsim.basics.texts import Message
from subsim.membership.events import Move, SignUp
from subsim.membership.member import Member
from subsim.membership.rules import Rule, of_member
from subsim.membership.rulings import Ruling, accept, refuse
from subsim.terms.terms import Numbers

# adgang.9: `age-years`; adgang.11: `credit-check-over`


def refusal(member: Member, sign_up: SignUp, first_period: int, numbers: Numbers) -> Ruling | None:
    """The refusal of a sign-up by the first condition that fails, or None; `first_period` is its price in øre that day.

    The numbers are those of the terms of the sign-up.
    """
    person = member.person
    if person.born is not None and not has_aged(person.born, numbers.age_years, sign_up.date):
        return refuse("adgang.9", _why_too_young(person.born, sign_up.date, numbers.age_years))
    if member.resident != "DK":
        return refuse("adgang.10", Message("the member is resident in {country}, not in DK", country=member.resident))
    if person.use == "commercial" and not person.written_agreement:
        return refuse("adgang.14", Message("commercial use without a written agreement"))
    if sign_up.service == "tv":
        return refuse("tv.1", Message("TV is governed by the antenna association's statutes, not by these terms"))
    if sign_up.trial_days and member.subscriptions:
        return refuse(
            "proevetilbud.1",
            Message(
                "a trial is for new customers; this member first signed up on {first}",
                first=member.subscriptions[0].registered_on,
            ),
        )
    if sign_up.credit_check == "failed" and first_period > numbers.credit_check_over:
        return refuse(
            "adgang.11",
            Message(
                "the first period costs {amount:kr}, over {limit:kr}, and the credit assessment failed",
                amount=first_period,
                limit=numbers.credit_check_over,
            ),
        )
    return None


def _why_too_young(born: Day, today: Day, years: int) -> Message:
    return Message(
        "born on {born}, the member is {years} on {of_age}, after {date}",
        born=born,
        years=years,
        of_age=months(born, 12 * years),
        date=today,
    )


def move(member: Member, event: Move) -> Ruling:
    """A move changes the residence, which matters to later sign-ups only."""
    member.resident = event.resident
    return accept("adgang.10", Message("resident in {country} from now on", country=event.resident))


RULES: tuple[Rule, ...] = (of_member(Move, move),)
