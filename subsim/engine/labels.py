"""What people read for the words of the format: one name for every route, state, reason, line, duty and event."""

from subsim.basics.texts import Message
from subsim.engine.ways import OPERATOR, WAYS
from subsim.membership import events

ROUTES: dict[str, Message] = {
    **{name: row.label for name, row in WAYS.items()},
    OPERATOR: Message("termination by Kabelplus"),
}
LAW_ROUTES: dict[str, Message] = {
    "withdrawal": Message("withdrawal"),
    "ordinary": Message("ordinary notice"),
    "cold_call": Message("call not asked for"),
    "purchase": Message("one-off purchase"),
}
KINDS: dict[str, Message] = {
    "internet": Message("internet"),
    "tv": Message("TV"),
    "bundle": Message("bundle of internet and TV"),
}
BETTER: dict[str, Message] = {
    "law": Message("the law"),
    "contract": Message("the contract"),
    "same": Message("the same"),
    "depends": Message("it depends"),
}
STANDINGS: dict[str, Message] = {
    "mandatory": Message("mandatory"),
    "guidance": Message("guidance"),
    "derived": Message("our conclusion"),
}
STATES: dict[str, Message] = {
    "trial": Message("in trial"),
    "bound": Message("bound"),
    "free": Message("free"),
    "ending": Message("ending"),
    "ended": Message("ended"),
}
END_REASONS: dict[str, Message] = {
    **ROUTES,
    "overdue": Message("overdue payment"),
    "breach": Message("breach"),
    "misuse": Message("misuse"),
    "security": Message("security"),
}
LINES: dict[str, Message] = {
    "period": Message("period"),
    "upgrade": Message("upgrade"),
    "one_off": Message("one-off purchase"),
    "accelerated": Message("due early"),
    "equipment": Message("equipment"),
    "other": Message("other charge"),
    "fee": Message("reminder fee"),
    "credit": Message("credit"),
}
DUTIES: dict[str, Message] = {
    "receipt": Message("Kabelplus sends a receipt"),
    "card_reminder": Message("Kabelplus reminds the member that the card expires"),
    "complaint_decision": Message("Kabelplus decides the complaint"),
    "return_equipment": Message("the member returns the equipment"),
    "refund": Message("Kabelplus pays back what was paid"),
}
COMING: dict[str, Message] = {
    "ends": Message("end of the subscription"),
    "trial_ends": Message("end of the trial"),
    "binding_ends": Message("end of the binding"),
    "price_change": Message("price change takes effect"),
    "service_change": Message("service change takes effect"),
    "terms_change": Message("terms change takes effect"),
    "charge": Message("charge"),
    "card_expires": Message("card expires"),
    "duty": Message("duty"),
    "withdraw_by": Message("last day to withdraw"),
    "give_notice_by": Message("last day to give notice"),
}
EVENTS: dict[str, Message] = {name: event.label for name, event in events.EVENTS.items()}
DATA_EVENTS: dict[str, Message] = {
    "relationship_start": Message("start of the relationship"),
    "relationship_end": Message("end of the relationship"),
    "activity": Message("use of a product"),
    "contact": Message("contact"),
    "data_registered": Message("record registered"),
    "consent_given": Message("consent given"),
    "consent_withdrawn": Message("consent withdrawn"),
    "data_request": Message("request"),
    "identity_asked": Message("proof of identity asked for"),
    "identity_proved": Message("identity proved"),
    "request_extended": Message("answer extended"),
    "request_withdrawn": Message("request taken back"),
    "request_answered": Message("request answered"),
    "dispute_opened": Message("dispute opened"),
    "dispute_closed": Message("dispute closed"),
    "hold_placed": Message("hold placed"),
    "hold_lifted": Message("hold lifted"),
    "disposed": Message("data disposed of"),
    "data_breach": Message("breach of security"),
}
STATUSES: dict[str, Message] = {
    "disposed": Message("disposed of"),
    "on_hold": Message("on hold"),
    "overdue": Message("overdue"),
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
    "access": Message("access"),
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
DEADLINES: dict[str, Message] = {
    "end_takes_effect": Message("end of the subscription"),
    "trial_ends": Message("end of the trial"),
    "binding_ends": Message("end of the binding"),
    "price_change_takes_effect": Message("price change takes effect"),
    "service_change_takes_effect": Message("service change takes effect"),
    "terms_change_takes_effect": Message("terms change takes effect"),
    "downgrade_takes_effect": Message("downgrade takes effect"),
    "period_begins": Message("new period"),
    "card_expires": Message("card expires"),
}
