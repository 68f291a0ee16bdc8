"""The labels of the words of retention: events, statuses, actions, verdicts, rights, outcomes, duties."""

from subsim.basics.texts import Message
from subsim.membership import data_events

DATA_EVENTS: dict[str, Message] = {name: event.label for name, event in data_events.DATA_EVENTS.items()}
STATUSES: dict[str, Message] = {
    "disposed": Message("disposed of"),
    "on_hold": Message("on hold"),
    "overdue": Message("past its last day"),
    "due": Message("due today"),
    "inactive": Message("inactive"),
    "unclear": Message("unclear"),
    "held": Message("held"),
}
ACTIONS: dict[str, Message] = {
    "erase": Message("erase"),
    "anonymise": Message("make anonymous"),
    "erase_or_anonymise": Message("erase or anonymise"),
}
VERDICTS: dict[str, Message] = {
    "too_early": Message("too early"),
    "in_time": Message("in time"),
    "late": Message("late"),
}
RIGHTS: dict[str, Message] = {
    "access": Message("access to the data"),
    "rectification": Message("correction"),
    "erasure": Message("erasure"),
    "restriction": Message("restriction"),
    "portability": Message("data portability"),
    "objection": Message("objection"),
}
OUTCOMES: dict[str, Message] = {
    "erase": Message("erased by {day}"),
    "keep": Message("kept until {day}"),
    "stop_use": Message("no longer used from {day}"),
    "restrict": Message("only stored until answered"),
    "answer": Message("answered by {day}"),
}
OUTCOMES_WITHOUT_DAY: dict[str, Message] = {
    "erase": Message("erased, without a day"),
    "keep": Message("kept while it is needed"),
    "restrict": Message("only stored until answered"),
    "answer": Message("answered, without a day"),
}
DATA_DUTIES: dict[str, Message] = {
    "answer": Message("a request is answered"),
    "notify_authority": Message("the authority is told of the breach"),
    "notify_members": Message("those concerned are told of the breach"),
}
