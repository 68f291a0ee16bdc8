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
