"""Forbrugeraftaleloven of 2013: withdrawal from an agreement made at a distance, notice on running services, and money
for the time after the end.

In the order of the index: `fal.4` cold calls; `fal.18`-`.20` who may withdraw, until when and how; `fal.22` and `.25`
what comes back; `fal.18.trial` the right after a trial; `fal.28` ordinary notice; `fal.29` prepaid time. `fal.20a` and
`.28a` give notes, no dates. Left out: the exceptions of `fal.28` for dear and for short agreements, for which the
format has no facts, and what becomes binding by waiting (`fal.4`), which has no date.
"""

from collections.abc import Iterable
from typing import NamedTuple

from subsim.basics.dates import Day, days_after, days_between, months
from subsim.basics.money import half_up, half_up_in_all
from subsim.basics.texts import Message, Plural, join_messages
from subsim.basics.working_days import next_working_day
from subsim.membership.agreement import Agreement, End, Note, Purchase
from subsim.membership.events import SIGNED_UP
from subsim.membership.lines import Line
from subsim.membership.owed import PERIOD
from subsim.terms.law_points import LawReadings
from subsim.terms.statutes import PROVISIONS

IN_FORCE_FROM = PROVISIONS["fal.18"].starts
"""Agreements before this day are under an older act, which is not modelled."""
WITHDRAWAL_DAYS = 14
_AT_A_DISTANCE = ("online", "phone")
MONTHS_WITHOUT_INFORMATION = 12
REFUND_DAYS = 14
MONTHS_BEFORE_NOTICE = 5
_MONTHS_OF_BINDING = 6


_LONGEST_CLOSED = 7
"""More days than ever follow one another without a working day among them."""


class Window(NamedTuple):
    """The days on which a withdrawal may be sent, both included, and the arithmetic of the last."""

    first: Day
    last: Day
    because: Message


# fal.4


def is_cold_call(agreement: Agreement) -> bool:
    """Whether the agreement was made in an unsolicited call, so that the member is not bound by it."""
    return agreement.sign_up.channel == "phone" and not agreement.sign_up.solicited


# fal.18, fal.19, fal.18.trial


def withdrawal_window(agreement: Agreement, sent: Day, readings: LawReadings) -> Window | None:
    """The withdrawal period in which the day `sent` lies; None outside of it, or without a right."""
    if agreement.sign_up.channel not in _AT_A_DISTANCE or _is_given_up(agreement, sent, readings):
        return None
    return next((window for window in _windows(agreement) if window.first <= sent <= window.last), None)


def may_be_in_time(agreement: Agreement, sent: Day) -> bool:
    """Whether a day of sending may lie in a withdrawal period; where it may not, `withdrawal_window` gives none.

    It costs next to nothing: nobody need find the very last day where a month has passed since.
    """
    last = _last_unmoved(agreement)
    if agreement.trial_ends is not None:
        last = max(last, days_after(agreement.trial_ends, WITHDRAWAL_DAYS))
    return sent <= days_after(last, _LONGEST_CLOSED)


def why_no_withdrawal(agreement: Agreement, sent: Day, readings: LawReadings) -> Message:
    """The reason why `withdrawal_window` gives None for the day `sent`."""
    if agreement.sign_up.channel not in _AT_A_DISTANCE:
        return Message("{how}: no right to withdraw", how=SIGNED_UP[agreement.sign_up.channel])
    if _is_given_up(agreement, sent, readings):
        return Message("digital content, with consent: the right is gone since {day}", day=agreement.activated_on)
    begun = [window.because for window in _windows(agreement) if window.first <= sent]
    return join_messages([*begun[-1:], Message("{day} is too late", day=sent)])


def _is_given_up(agreement: Agreement, sent: Day, readings: LawReadings) -> bool:
    """Whether the right was validly given up for digital content, which counts from the first activation on."""
    activated = agreement.activated_on
    given_up = readings.law_content == "digital-content" and agreement.sign_up.content_consent
    return given_up and activated is not None and activated <= sent


def _windows(agreement: Agreement) -> list[Window]:
    """The period from the agreement, and a second one after a trial whose later price was not disclosed."""
    first = _from_the_agreement(agreement)
    if agreement.trial_ends is None or agreement.sign_up.trial_price_told:
        return [first]
    second = _after_the_trial(agreement.trial_ends)
    if second.first > days_after(first.last, 1):
        return [first, second]
    return [Window(first.first, max(first.last, second.last), first.because + second.because)]


def _last_unmoved(agreement: Agreement) -> Day:
    """The last day of the period from the agreement, before it moves to a working day."""
    concluded, informed = agreement.concluded_on, agreement.informed_on
    usual = days_after(concluded, WITHDRAWAL_DAYS)
    if informed is not None and informed <= concluded:
        return usual
    longest = months(usual, MONTHS_WITHOUT_INFORMATION)
    return longest if informed is None else min(longest, days_after(informed, WITHDRAWAL_DAYS))


def _from_the_agreement(agreement: Agreement) -> Window:
    concluded, informed, last = agreement.concluded_on, agreement.informed_on, _last_unmoved(agreement)
    if informed is not None and informed <= concluded:
        reason = Message("agreement of {day} + {days} days = {last}", day=concluded, days=WITHDRAWAL_DAYS, last=last)
    elif informed is not None and last == days_after(informed, WITHDRAWAL_DAYS):
        reason = Message("told of it on {day} + {days} days = {last}", day=informed, days=WITHDRAWAL_DAYS, last=last)
    else:
        reason = Message(
            "agreement of {day} + {days} days and {months} months = {last}",
            day=concluded,
            days=WITHDRAWAL_DAYS,
            months=MONTHS_WITHOUT_INFORMATION,
            last=last,
        )
        if informed is None:
            reason = Message("not told of the right to withdraw") + reason
    return _moved(concluded, last, reason)


def _after_the_trial(trial_ends: Day) -> Window:
    last = days_after(trial_ends, WITHDRAWAL_DAYS)
    reason = Message(
        "the price after the trial was not told: its end on {day} + {days} days = {last}",
        day=trial_ends,
        days=WITHDRAWAL_DAYS,
        last=last,
    )
    return _moved(trial_ends, last, reason)


def _moved(first: Day, last: Day, reason: Message) -> Window:
    """The period, with its last day moved to the next working day."""
    working = next_working_day(last)
    if working != last:
        reason += Message("no working day, moved to {day}", day=working)
    return Window(first, working, reason)


def last_day_for_purchase(purchase: Purchase) -> Day | None:
    """The last day to withdraw from a one-off purchase, used or not; None where the right was validly given up."""
    if purchase.content_consent:
        return None
    return next_working_day(days_after(purchase.bought_on, WITHDRAWAL_DAYS))


# fal.22, fal.25


def refund_by(received: Day) -> Day:
    """The day by which everything is paid back after a withdrawal was received; no weekend moves it."""
    return days_after(received, REFUND_DAYS)


def owed_for_use(agreement: Agreement, used_until: Day, readings: LawReadings) -> tuple[int, Message]:
    """What the operator may keep for the days used before this one, in øre, and its arithmetic."""
    begun, informed = agreement.activated_on, agreement.informed_on
    if begun is None or begun >= used_until:
        return 0, Message("nothing was used")
    if informed is None or informed > begun:
        return 0, Message("used from {day} on, before being told of the right: nothing is owed", day=begun)
    requested = agreement.express_request
    if requested is None:
        requested = readings.law_25_pay == "pro-rata"
    if not requested:
        return 0, Message("the start was not expressly asked for: nothing is owed")
    if readings.law_25_base == "binding":
        return _part_of_binding(agreement, begun, used_until)
    owed, reason = 0, Message("used from {begun} until {until}", begun=begun, until=used_until)
    for line in agreement.lines:
        days = _days_inside(line, begun, used_until)
        if days:
            part = half_up(line.amount * days, line.covers())
            owed += part
            reason += _part_words(line.amount, days, line.covers(), part)
    return owed, reason


def _part_of_binding(agreement: Agreement, begun: Day, used_until: Day) -> tuple[int, Message]:
    concluded = agreement.concluded_on
    whole = _MONTHS_OF_BINDING * agreement.price
    used = days_between(begun, used_until)
    days = days_between(concluded, months(concluded, _MONTHS_OF_BINDING))
    part = half_up(whole * used, days)
    return part, _part_words(whole, used, days, part)


def _days_inside(line: Line, starts: Day, ends: Day) -> int:
    """How many days of `[starts, ends)` a line covers."""
    assert line.starts is not None
    assert line.ends is not None
    return max(0, days_between(max(starts, line.starts), min(ends, line.ends)))


def _part_words(whole: int, days: int, of_days: int, part: int) -> Message:
    return Plural(
        "{whole:kr} × {days} of {n} day = {part:kr}",
        "{whole:kr} × {days} of {n} days = {part:kr}",
        whole=whole,
        days=days,
        n=of_days,
        part=part,
    )


# fal.28


def ordinary_end(concluded_on: Day, notice: Day, readings: LawReadings) -> End:
    """The end of a continuous service by a notice: one month to the end of a month, after five months."""
    earliest = months(concluded_on, MONTHS_BEFORE_NOTICE)
    reasons = []
    if notice < earliest:
        reasons.append(Message("five months have passed on {day}", day=earliest))
        if readings.law_28_early == "refused":
            return End(None, reasons[0])
        notice = earliest
    ends_on = end_of_next_month(notice)
    reasons.append(Message("notice of {notice}: end of the next month, {end}", notice=notice, end=ends_on))
    return End(ends_on, join_messages(reasons))


def end_of_next_month(notice: Day) -> Day:
    """The first of the month after the next: one month's notice to the end of a month."""
    return months(notice.replace(day=1), 2)


# fal.29


class Prepaid(NamedTuple):
    """What was charged for days from an end on: each line with so many of its days, the earliest first.

    `refund` is what comes back, in øre: the parts are rounded once, as one sum, less what is `open` of their lines.
    """

    ends_on: Day
    parts: tuple[tuple[Line, int], ...]
    refund: int
    open: int

    @property
    def because(self) -> Message:
        """Its arithmetic."""
        if not any(line.amount for line, _ in self.parts):
            return Message("nothing was charged for days from {end} on", end=self.ends_on)
        reasons: list[Message] = [
            Plural(
                "{whole:kr} × {days} of {n} day",
                "{whole:kr} × {days} of {n} days",
                whole=line.amount,
                days=days,
                n=line.covers(),
            )
            for line, days in self.parts
        ]
        if self.open:
            reasons.append(Message("less {amount:kr} that is open", amount=self.open))
        return join_messages([*reasons, Message("{amount:kr} back", amount=self.refund)])


def prepaid(newest_first: Iterable[Line], ends_on: Day) -> Prepaid:
    """What of the lines of periods and upgrades was charged for the days from this end on."""
    parts, shares = list[tuple[Line, int]](), list[tuple[int, int]]()
    for line in newest_first:
        days = _days_inside(line, ends_on, Day.max)
        if days:
            parts.append((line, days))
            shares.append((line.amount * days, line.covers()))
        assert line.starts is not None
        if line.kind == PERIOD and line.starts <= ends_on:
            break  # an earlier period was over when it began
    if not any(whole for whole, _ in shares):
        return Prepaid(ends_on, tuple(reversed(parts)), 0, 0)
    left_open = sum([line.open for line, _ in parts])
    return Prepaid(ends_on, tuple(reversed(parts)), max(0, half_up_in_all(shares) - left_open), left_open)


# What gives no date


def notes(agreement: Agreement, notice: Day) -> list[Note]:
    """The provisions that concern a notice or withdrawal of this day and from which nothing is computed."""
    found = []
    if PROVISIONS["fal.20a"].in_force(agreement.concluded_on) and agreement.sign_up.channel == "online":
        words = Message("an agreement made on a website needs a function there to withdraw, with a receipt")
        found.append(Note("fal.20a", words))
    if PROVISIONS["fal.28a"].in_force(notice):
        words = Message("notice may be given on the medium or platform on which the agreement was made")
        found.append(Note("fal.28a", words))
    return found
