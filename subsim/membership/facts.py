"""The input of a replay: who the member is, the prices, and the timeline; and the fault that only a replay shows."""

from typing import Literal

from attrs import Factory

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.membership.data_events import DataEvent
from subsim.membership.events import Amount, Country, Event, MemberId, PackageName


@frozen(kw_only=True)
class Person:
    """Who the member is; without `born` the member counts as of age. `name`, `email` and `phone` decide nothing."""

    id: MemberId | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    born: Day | None = None
    resident: Country = Country("DK")
    use: Literal["private", "commercial"] = "private"
    written_agreement: bool = False


PRIVATE = ("name", "email", "phone")
"""The fields of a person that appear in letters and in the desk, and in no log and no fault."""


@frozen(kw_only=True)
class Facts:
    """The input of a replay of one member: the person, the prices in øre per month, and the events in order of date."""

    person: Person = Factory(Person)
    prices: dict[PackageName, Amount] = Factory(dict)
    timeline: tuple[Event, ...] = ()

    @property
    def decided(self) -> tuple[Event, ...]:
        """The events that a replay decides, one decision each: all but those about personal data."""
        return tuple(event for event in self.timeline if not isinstance(event, DataEvent))


class FaultInFacts(Exception):  # noqa: N818 - the fault is that of the file's author
    """The facts contradict themselves, as only the replay shows; `index` is the place of the event in the timeline."""

    def __init__(self, text: Message, advice: Message | None, index: int | None = None) -> None:
        super().__init__(text)
        self.text, self.advice, self.index = text, advice, index
