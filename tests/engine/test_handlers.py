"""What a replay does with the events of each class."""

import pytest

from subsim.engine.handlers import HANDLERS, handler_of
from subsim.membership.data_events import DATA_EVENTS, EVERY_EVENT
from subsim.membership.events import Event, Pay


def test_every_event_has_a_handler_of_its_own_name() -> None:
    assert {shape: handler.name for shape, handler in HANDLERS.items() if issubclass(shape, Event)} == {
        shape: name for name, shape in EVERY_EVENT.items()
    }


@pytest.mark.parametrize("name", EVERY_EVENT)
def test_all_events_but_those_about_personal_data_are_decided(name: str) -> None:
    assert (HANDLERS[EVERY_EVENT[name]].decide is None) == (name in DATA_EVENTS)


def test_the_record_of_an_event_is_handled_as_the_event() -> None:
    class Record:
        name = "pay"

    assert handler_of(Record) is HANDLERS[Pay]
    del HANDLERS[Record]
