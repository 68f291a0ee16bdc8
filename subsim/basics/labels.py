"""What people read for the words of the format: one name for every route, state, reason, line, duty and event."""

from subsim.basics.languages import N_, NN_

ROUTES: dict[str, str] = {
    "withdrawal": N_("withdrawal"),
    "trial": N_("end of the trial"),
    "price_change": N_("price change"),
    "service_change": N_("service change"),
    "terms_change": N_("terms change"),
    "ordinary": N_("ordinary notice"),
    "operator": N_("termination by Kabelplus"),
}
STATES: dict[str, str] = {
    "trial": N_("in trial"),
    "bound": N_("bound"),
    "free": N_("free"),
    "ending": N_("ending"),
    "ended": N_("ended"),
}
END_REASONS: dict[str, str] = {
    **ROUTES,
    "overdue": N_("overdue payment"),
    "breach": N_("breach"),
    "misuse": N_("misuse"),
    "security": N_("security"),
}
LINES: dict[str, str] = {
    "period": N_("period"),
    "upgrade": N_("upgrade"),
    "one_off": N_("one-off purchase"),
    "accelerated": N_("due early"),
    "equipment": N_("equipment"),
    "credit": N_("credit"),
}
DUTIES: dict[str, str] = {
    "receipt": N_("Kabelplus sends a receipt"),
    "card_reminder": N_("Kabelplus reminds the member that the card expires"),
    "complaint_decision": N_("Kabelplus decides the complaint"),
    "return_equipment": N_("the member returns the equipment"),
    "refund": N_("Kabelplus pays back what was paid"),
}
COMING: dict[str, str] = {
    "ends": N_("end of the subscription"),
    "trial_ends": N_("end of the trial"),
    "binding_ends": N_("end of the binding"),
    "price_change": N_("price change takes effect"),
    "service_change": N_("service change takes effect"),
    "terms_change": N_("terms change takes effect"),
    "charge": N_("charge"),
    "card_expires": N_("card expires"),
    "duty": N_("duty"),
    "withdraw_by": N_("last day to withdraw"),
    "give_notice_by": N_("last day to give notice"),
}
EVENTS: dict[str, str] = {
    "sign_up": N_("sign-up"),
    "confirmation_received": N_("confirmation received"),
    "log_in": N_("log-in"),
    "activate": N_("activation"),
    "withdraw": N_("withdrawal"),
    "give_notice": N_("notice"),
    "withdraw_notice": N_("notice taken back"),
    "change_package": N_("change of package"),
    "buy": N_("one-off purchase"),
    "pay": N_("payment"),
    "payment_method_fails": N_("payment method fails"),
    "payment_method_renewed": N_("payment method renewed"),
    "complain": N_("complaint"),
    "transfer": N_("transfer"),
    "move": N_("move"),
    "lend_equipment": N_("equipment lent"),
    "return_equipment": N_("equipment returned"),
    "invoice_equipment": N_("equipment invoiced"),
    "announce_price_change": N_("price change announced"),
    "announce_service_change": N_("service change announced"),
    "announce_terms_change": N_("terms change announced"),
    "suspend": N_("suspension"),
    "restore": N_("access restored"),
    "terminate": N_("termination by Kabelplus"),
}
DEADLINES: dict[str, str] = {
    "end_takes_effect": N_("end of the subscription"),
    "trial_ends": N_("end of the trial"),
    "binding_ends": N_("end of the binding"),
    "price_change_takes_effect": N_("price change takes effect"),
    "service_change_takes_effect": N_("service change takes effect"),
    "terms_change_takes_effect": N_("terms change takes effect"),
    "downgrade_takes_effect": N_("downgrade takes effect"),
    "period_begins": N_("new period"),
    "card_expires": N_("card expires"),
}
UNITS: dict[str, tuple[str, str]] = {
    "years": NN_("{n} year", "{n} years"),
    "months": NN_("{n} month", "{n} months"),
    "days": NN_("{n} day", "{n} days"),
}
