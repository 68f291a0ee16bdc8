"""Whether a line that was read quickly can be wrong between its events; it is then read thoroughly.

This runs for every line, so mypyc compiles it with the replay.
"""

from typing import Any, Final

from subsim.basics.notation import FIRST_DAY, LAST_DAY
from subsim.files.keys import keys_of
from subsim.membership.events import SignUp, SubscriptionEvent

_SIGN_UP: Final = SignUp.name
_NOT_GIVEN: Final[str] = keys_of(SubscriptionEvent)["subscription"].default


def is_plain(timeline: tuple[Any, ...]) -> bool:
    """Whether nothing between the fields and the events can be wrong; if not, it may yet be right."""
    last, has_several, signed_up = FIRST_DAY, False, False
    only: str | None = None
    for event in timeline:
        date, subscription = event.date, event.subscription
        if date < last:
            return False
        last = date
        if event.name == _SIGN_UP:
            signed_up = True
            if not (event.solicited or event.channel == "phone") or not (event.trial_price_told or event.trial_days):
                return False
        if subscription is not only and subscription is not None and subscription != only:
            has_several = has_several or only is not None
            only = subscription
    if last > LAST_DAY or (only is not None and not signed_up):
        return False
    return not has_several or _names_are_plain(timeline)


def _names_are_plain(timeline: tuple[Any, ...]) -> bool:
    """Whether each of several subscriptions is signed up and named; the very object of the default was not given."""
    meant = {event.subscription for event in timeline if event.subscription is not None}
    signed_up = {event.subscription for event in timeline if event.name == _SIGN_UP}
    return meant == signed_up and all(event.subscription is not _NOT_GIVEN for event in timeline)
