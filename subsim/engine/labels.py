"""The names that people read for the words of the format: of every route, state, reason, line, duty and event."""

from subsim.basics.texts import Message
from subsim.engine.ways import WAYS
from subsim.membership import data_events, deadlines, events, owed
from subsim.membership.phases import PHASES
from subsim.membership.ways import OPERATOR
from subsim.rules.operator_termination import CAUSES
from subsim.terms import law_routes

ROUTES: dict[str, Message] = {
    **{name: row.label for name, row in WAYS.items()},
    OPERATOR: Message("termination by Kabelplus"),
}
LAW_ROUTES: dict[str, Message] = {name: row.label for name, row in law_routes.LAW_ROUTES.items()}
STATES: dict[str, Message] = {phase.value: label for phase, label in PHASES.items()}
END_REASONS: dict[str, Message] = {
    **ROUTES,
    **{name: cause.label for name, cause in CAUSES.items()},
}
LINES: dict[str, Message] = {kind: row.label for kind, row in owed.LINES.items()}
DUTIES: dict[str, Message] = {name: row.label for name, row in owed.DUTIES.items()}
EVENTS: dict[str, Message] = {name: event.label for name, event in events.EVENTS.items()}
THE_EVENTS: dict[str, Message] = {name: event.the for name, event in data_events.EVERY_EVENT.items()}
DEADLINES: dict[str, Message] = {name: row.label for name, row in deadlines.DEADLINES.items()}
