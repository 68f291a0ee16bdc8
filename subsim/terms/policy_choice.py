"""Checks of the readings and numbers chosen for a privacy policy. Their names have a prefix: `dpa2018.some-point`."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from attrs import frozen

from subsim.basics.faults import no_such, quote
from subsim.basics.texts import Message
from subsim.terms.choice import TermsChoice
from subsim.terms.policies import Policy

ADD_POLICY = Message("add retention: {{policy: NAME}}")
"""The remedy for a file that names no policy."""


@frozen
class PolicyFault:
    """What is wrong with the reading or number of this name; there may be no advice."""

    option: Literal["readings", "numbers"]
    name: str
    text: Message
    advice: Message | None = None


def policy_faults(choice: TermsChoice, policies: Iterable[Policy]) -> Iterator[PolicyFault]:
    """The chosen names that no policy has, and the readings that their point does not have."""
    if not choice.policy_readings and not choice.policy_numbers:
        return
    known = list(policies)
    points: dict[str, Any] = {name: point for each in known for name, point in each.all_points().items()}
    numbers = {name: number for each in known for name, number in each.all_numbers().items()}
    for name, reading in choice.policy_readings.items():
        if name not in points:
            yield _unknown("readings", Message("contested point"), name, points)
        elif reading not in points[name].readings:
            fault = no_such(Message("reading of this point"), reading, points[name].readings)
            yield PolicyFault("readings", name, Message("{setting}: {fault}", setting=f"{name}={reading}", fault=fault))
    for name in choice.policy_numbers:
        if name not in numbers:
            yield _unknown("numbers", Message("number"), name, numbers)


def _unknown(
    option: Literal["readings", "numbers"], what: Message, name: str, known: Mapping[str, object]
) -> PolicyFault:
    if known:
        return PolicyFault(option, name, no_such(what, name, known))
    none = Message("{name} belongs to a policy, and the file names none", name=quote(name))
    return PolicyFault(option, name, none, ADD_POLICY)
