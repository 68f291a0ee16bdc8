"""Remarks on a day that is before all events, or long after the last."""

from typing import TYPE_CHECKING

import click

from subsim.basics.dates import Day, days_between
from subsim.basics.texts import Message, Plural
from subsim.shell.base import is_member

if TYPE_CHECKING:
    from subsim.files.scenario import Scenario

_LONG = 366
"""The days after the last event from which on there is a remark."""


def remark_on(file: str, scenario: "Scenario", day: Day) -> None:
    """Print a remark on standard error where no event has happened by the day, or the last one was long before it.

    A member of a base is taken to be up to date.
    """
    timeline = scenario.facts.timeline
    if timeline and day < timeline[0].date:
        _say(
            Message("by {day} nothing has happened yet: the first event is of {first}", day=day, first=timeline[0].date)
        )
    last = scenario.until_of()
    if (days := days_between(last, day)) > _LONG and not is_member(file):
        _say(_LONG_AFTER.fill(n=days, day=day, last=last))


_LONG_AFTER = Plural(
    "{day} is {n} day after the last date of the file, {last}: it is taken that nothing has happened since",
    "{day} is {n} days after the last date of the file, {last}: it is taken that nothing has happened since",
)


def remark_on_sign_up(scenario: "Scenario", subscription: str, day: Day) -> None:
    """Print a remark on standard error where the day is before the sign-up asked about, but not before all events."""
    from subsim.membership.events import SignUp

    timeline = scenario.facts.timeline
    own = [event.date for event in timeline if isinstance(event, SignUp) and event.subscription == subscription]
    if own and timeline[0].date <= day < own[0]:
        _say(
            Message(
                "on {day} {subscription} is not yet signed up: that comes on {first}",
                day=day,
                subscription=subscription,
                first=own[0],
            )
        )


def _say(remark: Message) -> None:
    click.echo(remark.text(click.get_current_context().obj), err=True)
