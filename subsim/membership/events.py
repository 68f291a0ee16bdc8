"""What can happen to a member: one frozen class per event of the scenario format, under the same name.

The fields of a class are those of the format, with the same defaults. The reader of scenario files, the JSON Schema and
the replay all use them. A field without a default is required.
"""

import re
from collections.abc import Collection
from typing import Annotated, ClassVar, Literal, NewType

from attrs import Factory

from subsim.basics.dates import Day
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.membership.phases import Transition
from subsim.terms.readings import Choices
from subsim.terms.terms import Replacements

Amount = NewType("Amount", int)
"""Danish kroner in whole øre, 0 or more."""
Paid = Annotated[Amount, "paid"]
"""An amount that the member paid; a payment returned is another event."""
SignedAmount = NewType("SignedAmount", int)
"""Danish kroner in whole øre, of either sign."""
PackageName = NewType("PackageName", str)
"""A package of the price list."""
MemberId = NewType("MemberId", str)
"""The id of a member."""
ItemName = NewType("ItemName", str)
"""What is bought, lent or charged."""
CardMonth = NewType("CardMonth", Day)
"""The last day of the month in which a card expires; written YYYY-MM."""
Country = NewType("Country", str)
"""An ISO 3166 alpha-2 code."""
Count = NewType("Count", int)
"""A whole number, 0 or more."""
KnownDay = NewType("KnownDay", Day)
"""A day named by an event that a replay need not reach; it does not count as the last date of a file."""
FactDay = NewType("FactDay", Day)
"""The day of a fact that only the law asks about; a replay need not reach it."""
Information = FactDay | Literal["same-day", "none"]
"""When the right to withdraw was explained on a durable medium: on the day of the sign-up, on another, or never."""

Billing = Literal["monthly", "quarterly", "half-yearly", "yearly"]
Payment = Literal["card", "betalingsservice", "invoice"]
Channel = Literal["online", "phone", "shop"]
SIGNED_UP: dict[Channel, Message] = {
    "online": Message("signed up online"),
    "phone": Message("signed up by phone"),
    "shop": Message("signed up in a shop"),
}
"""How a member signed up, in words."""
Ground = Annotated[str, "ground"]
"""A way out that a notice may name: one of `engine.ways.GROUNDS`."""
Via = Literal["email", "website"]
Reason = Annotated[str, "reason"]
"""Why Kabelplus terminates: one of `rules.operator_termination.CAUSES`, or `NO_CAUSE`."""
NO_CAUSE: Reason = "none"
ChangeKind = Annotated[str, "kind of change"]
"""What an announcement changes: the `kind` of one of the classes of `Announcement`."""
Kind = Literal["internet", "tv", "bundle"]
KINDS: dict[Kind, Message] = {
    "internet": Message("internet"),
    "tv": Message("TV"),
    "bundle": Message("bundle of internet and TV"),
}
"""What was sold: access to the internet, programmes without it, or both in one agreement; the law asks."""


FACTS_OF_LAW = (
    *("kind", "withdrawal_info", "express_request", "content_consent", "trial_price_told", "solicited"),
    "sent",
)
"""The fields of events that only the law uses; no decision of the contract depends on them."""


@frozen(kw_only=True)
class Event:
    """Something that happened to the member on `date`, a Copenhagen date."""

    name: ClassVar[str]
    label: ClassVar[Message]
    """Its name for people."""
    the: ClassVar[Message]
    """Its name where a sentence speaks of one that happened."""
    left_out: ClassVar[Message]
    """The sentence that the event of these `days` is left out of a timeline; not of an event about personal data."""
    synonyms: ClassVar[str]
    """Other words that people write for it, Danish and English, with blanks between; not of one about personal data."""
    transition: ClassVar[Transition | None] = None
    """The one that it makes of its subscription's phase where it is accepted."""
    date: Day

    def __init_subclass__(cls) -> None:
        """Name the event as the format does: `SignUp` is `sign_up`."""
        cls.name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


@frozen(kw_only=True)
class SubscriptionEvent(Event):
    """An event of one of the member's subscriptions."""

    subscription: str = "main"


@frozen(kw_only=True)
class AgreementEvent(Event):
    """An event of the whole agreement, which may name a subscription."""

    subscription: str | None = None


# The life of a subscription


@frozen(kw_only=True)
class SignUp(SubscriptionEvent):
    """The registration of a subscription to one package (`adgang.1`); payment and card hold for the member.

    The fields from `kind` on are facts that only the law asks about; None means that they are not known.
    """

    label = Message("sign-up")
    the = Message("the sign-up")
    left_out = Message("Had the sign-up not come on {days}")
    synonyms = "tilmelding tilmeld tilmeldt tilmelde oprettelse opret køb_abonnement bestilling subscribe subscription"
    transition = Transition.SIGN_UP

    package: PackageName
    channel: Channel = "online"
    billing: Billing = "quarterly"
    payment: Payment | None = None
    card_expires: CardMonth | None = None
    trial_days: Count = Count(0)
    confirmation: Literal["same-day", "pending"] = "same-day"
    credit_check: Literal["passed", "failed"] | None = None
    service: Literal["ip", "tv"] = "ip"
    kind: Kind | None = None
    withdrawal_info: Information | None = None
    express_request: bool | None = None
    content_consent: bool = False
    trial_price_told: bool = True
    solicited: bool = True


@frozen(kw_only=True)
class ConfirmationReceived(SubscriptionEvent):
    """The member received the confirmation, which starts the withdrawal period (`fortrydelse.1`)."""

    label = Message("confirmation received")
    the = Message("the confirmation")
    left_out = Message("Had the confirmation not been received on {days}")
    synonyms = "bekræftelse bekræftelse_modtaget ordrebekræftelse confirmation"


@frozen(kw_only=True)
class LogIn(SubscriptionEvent):
    """The member logged in."""

    label = Message("log-in")
    the = Message("the log-in")
    left_out = Message("Had the member not logged in on {days}")
    synonyms = "login log_ind logger_ind indlogning"


@frozen(kw_only=True)
class Activate(SubscriptionEvent):
    """The member took a service into use (`fortrydelse.2`); `filter_changed` if the filter was replaced.

    `express_request` says whether the member expressly asked for it, told that used days are paid (`fal.25`).
    """

    label = Message("activation")
    the = Message("the activation")
    left_out = Message("Had the service not been activated on {days}")
    synonyms = "aktivering aktiver aktivér aktiveret activation"

    filter_changed: bool = False
    express_request: bool | None = None


@frozen(kw_only=True)
class Withdraw(SubscriptionEvent):
    """The member's e-mail of withdrawal, as received (`fortrydelse.3`); by law it counts when `sent` (`fal.19`)."""

    label = Message("withdrawal")
    the = Message("the withdrawal")
    left_out = Message("Had there been no withdrawal on {days}")
    synonyms = "fortrydelse fortryd fortryde fortrudt fortrydelsesret withdrawal"
    transition = Transition.END

    sent: FactDay | None = None


@frozen(kw_only=True)
class GiveNotice(SubscriptionEvent):
    """The member's notice as Kabelplus received it; the day it was sent never counts."""

    label = Message("notice")
    the = Message("the notice")
    left_out = Message("Had no notice been given on {days}")
    synonyms = "opsigelse opsig opsige opsagt opsiger afmelding afmeld udmeldelse notice cancel cancellation quit"
    transition = Transition.NOTICE

    ground: Ground | None = None
    wanted_end: Day | None = None


@frozen(kw_only=True)
class WithdrawNotice(SubscriptionEvent):
    """The member takes the notice back; it needs that Kabelplus agreed."""

    label = Message("notice taken back")
    the = Message("the taking back of the notice")
    left_out = Message("Had the notice not been taken back on {days}")
    synonyms = "opsigelse_trukket_tilbage tilbagekaldelse fortryd_opsigelse genoptag"
    transition = Transition.NOTICE_WITHDRAWN

    agreed: bool = False


@frozen(kw_only=True)
class ChangePackage(SubscriptionEvent):
    """The member asks for another package (`priser.3`)."""

    label = Message("change of package")
    the = Message("the change of package")
    left_out = Message("Had the package not been changed on {days}")
    synonyms = "pakkeskift skift_pakke skift pakkeændring opgradering nedgradering upgrade downgrade"

    to: PackageName


@frozen(kw_only=True)
class Buy(SubscriptionEvent):
    """A one-off purchase (`betaling.2`), with access for so many days, or for good."""

    label = Message("one-off purchase")
    the = Message("the one-off purchase")
    left_out = Message("Had nothing been bought on {days}")
    synonyms = "køb enkeltkøb tilkøb leje lejefilm purchase"

    item: ItemName
    amount: Amount
    access_days: Count | None = None
    content_consent: bool = False


# Payment


@frozen(kw_only=True)
class Pay(Event):
    """The member pays an amount."""

    label = Message("payment")
    the = Message("the payment")
    left_out = Message("Had nothing been paid on {days}")
    synonyms = "betaling indbetaling betal betale betalt indbetalt payment paid"

    amount: Paid


@frozen(kw_only=True)
class PaymentReturned(Event):
    """Money that the member had paid went back: a chargeback, or a returned Betalingsservice collection."""

    label = Message("payment returned")
    the = Message("the return of the payment")
    left_out = Message("Had no payment gone back on {days}")
    synonyms = "tilbageførsel tilbageført betaling_gået_tilbage indsigelse chargeback"

    amount: Amount


@frozen(kw_only=True)
class CreditAdjusted(Event):
    """Kabelplus corrects the member's credit, up or down; `note` says why."""

    label = Message("credit adjusted")
    the = Message("the adjustment of the credit")
    left_out = Message("Had the credit not been adjusted on {days}")
    synonyms = "kreditering tilgodehavende_reguleret regulering"

    amount: SignedAmount
    note: str | None = None


@frozen(kw_only=True)
class CreditPaidOut(Event):
    """Kabelplus pays out so much of the member's credit."""

    label = Message("credit paid out")
    the = Message("the paying out of the credit")
    left_out = Message("Had no credit been paid out on {days}")
    synonyms = "udbetaling udbetalt tilgodehavende_udbetalt"

    amount: Amount


@frozen(kw_only=True)
class Charge(Event):
    """Another charge that Kabelplus enters by hand, due that day."""

    label = Message("other charge")
    the = Message("the other charge")
    left_out = Message("Had nothing else been charged on {days}")
    synonyms = "opkrævning gebyr anden_opkrævning fee"

    item: str
    amount: Amount


@frozen(kw_only=True)
class PaymentMethodFails(Event):
    """The card or Betalingsservice agreement no longer pays."""

    label = Message("payment method fails")
    the = Message("the failure of the payment method")
    left_out = Message("Had the payment method not failed on {days}")
    synonyms = "betalingsmiddel_svigter kort_afvist kort_udløbet betaling_afvist card_declined"


@frozen(kw_only=True)
class PaymentMethodRenewed(Event):
    """The payment method works again, which collects what is open."""

    label = Message("payment method renewed")
    the = Message("the renewal of the payment method")
    left_out = Message("Had the payment method not been renewed on {days}")
    synonyms = "betalingsmiddel_fornyet nyt_kort nyt_betalingsmiddel kort_fornyet new_card"

    card_expires: CardMonth | None = None


@frozen(kw_only=True)
class Reminder(Event):
    """Kabelplus reminds the member of what is overdue, for a fee (`rl.9b`)."""

    label = Message("reminder")
    the = Message("the reminder")
    left_out = Message("Had no reminder been sent on {days}")
    synonyms = "rykker rykkerskrivelse påmindelse betalingspåmindelse rykkerbrev dunning"

    fee: Amount = Amount(0)


# Complaints, transfer, residence


@frozen(kw_only=True)
class Complain(AgreementEvent):
    """The member complains (`tvister.1`), perhaps about a bill (`tele.complaint`)."""

    label = Message("complaint")
    the = Message("the complaint")
    left_out = Message("Had there been no complaint on {days}")
    synonyms = "klage reklamation klager complaint"

    about: Literal["bill", "other"] = "other"


@frozen(kw_only=True)
class Transfer(AgreementEvent):
    """The member asks to hand the agreement to someone else (`overdragelse.1`)."""

    label = Message("transfer")
    the = Message("the transfer")
    left_out = Message("Had no transfer been asked for on {days}")
    synonyms = "overdragelse overdrag overdraget overdrage"


@frozen(kw_only=True)
class Move(Event):
    """The member moves to another country; later sign-ups are judged by it (`adgang.10`)."""

    label = Message("move")
    the = Message("the move")
    left_out = Message("Had the member not moved on {days}")
    synonyms = "flytning flyt flytte flyttet"

    resident: Country


# Equipment


@frozen(kw_only=True)
class LendEquipment(SubscriptionEvent):
    """Kabelplus lends the member an item of this value (`udstyr.1`)."""

    label = Message("equipment lent")
    the = Message("the loan of equipment")
    left_out = Message("Had no equipment been lent on {days}")
    synonyms = "udlån udstyr_udlånt lån_udstyr udlever_udstyr"

    item: ItemName
    value: Amount


@frozen(kw_only=True)
class ReturnEquipment(SubscriptionEvent):
    """The member returns the item."""

    label = Message("equipment returned")
    the = Message("the return of equipment")
    left_out = Message("Had no equipment been returned on {days}")
    synonyms = "udstyr_afleveret aflever_udstyr returnering aflevering retur"

    item: ItemName


@frozen(kw_only=True)
class InvoiceEquipment(SubscriptionEvent):
    """Kabelplus invoices an item that was not returned."""

    label = Message("equipment invoiced")
    the = Message("the invoice for equipment")
    left_out = Message("Had no equipment been invoiced on {days}")
    synonyms = "udstyr_faktureret fakturer_udstyr erstatning"

    item: ItemName


# Announcements by Kabelplus


@frozen(kw_only=True)
class AnnouncePriceChange(Event):
    """New monthly prices by package from `effective` on (`prisaendringer.1`)."""

    label = Message("price change announced")
    the = Message("the announcement of a price change")
    left_out = Message("Had no price change been announced on {days}")
    synonyms = "prisændring prisstigning prisændring_varslet varsel_om_pris price_rise price_change"

    kind: ClassVar[ChangeKind] = "price_change"
    prices: dict[PackageName, Amount]
    effective: Day
    via: tuple[Via, ...] = ("email",)
    grounds: Literal["cost"] | None = None
    cost_increase: Amount | None = None
    law_imposed: bool = False

    @property
    def touched(self) -> Collection[str]:
        """The packages whose price changes."""
        return self.prices


@frozen(kw_only=True)
class AnnounceServiceChange(Event):
    """The content of these packages changes (`proevetilbud.3`)."""

    label = Message("service change announced")
    the = Message("the announcement of a service change")
    left_out = Message("Had no service change been announced on {days}")
    synonyms = "ændring_af_tjenesten ændring_af_tjenesten_varslet tjenesteændring service_change"

    kind: ClassVar[ChangeKind] = "service_change"
    packages: tuple[PackageName, ...]
    effective: Day
    via: tuple[Via, ...] = ("email",)
    disadvantage: Literal["none", "material"] = "none"
    urgent: bool = False
    law_imposed: bool = False

    @property
    def touched(self) -> Collection[str]:
        """The packages whose content changes."""
        return self.packages


@frozen(kw_only=True)
class AnnounceTermsChange(Event):
    """The terms change (`aendringer.1`); `favourable` if indisputably so for the consumer.

    `numbers` and `readings` are the new values of those that the new terms change.
    """

    label = Message("terms change announced")
    the = Message("the announcement of a terms change")
    left_out = Message("Had no terms change been announced on {days}")
    synonyms = "ændring_af_vilkår ændring_af_vilkår_varslet vilkårsændring terms_change"

    kind: ClassVar[ChangeKind] = "terms_change"
    effective: Day
    via: tuple[Via, ...] = ("email",)
    material: bool = True
    favourable: bool = False
    numbers: Replacements = Factory(lambda: Replacements({}))
    readings: Choices = Factory(lambda: Choices({}))
    law_imposed: bool = False

    @property
    def touched(self) -> Collection[str]:
        """None: it is of no package."""
        return ()


Announcement = AnnouncePriceChange | AnnounceServiceChange | AnnounceTermsChange

# What Kabelplus may do


@frozen(kw_only=True)
class Suspend(SubscriptionEvent):
    """Kabelplus stops access; billing and all dates go on (`betaling.3`, `annullering.1`).

    `warned` is the day of a written warning, if there was one (`tele.arrears`).
    """

    label = Message("suspension")
    the = Message("the suspension")
    left_out = Message("Had access not been suspended on {days}")
    synonyms = "spærring spær spærret lukning suspension"

    warned: FactDay | None = None


@frozen(kw_only=True)
class Restore(SubscriptionEvent):
    """Kabelplus gives access again."""

    label = Message("access restored")
    the = Message("the restoring of access")
    left_out = Message("Had access not been restored on {days}")
    synonyms = "genåbning genåbn genåbnet"


@frozen(kw_only=True)
class Terminate(SubscriptionEvent):
    """Kabelplus ends it (`annullering.1`, `annullering.2a`-`.2c`); a `settlement` comes only with reason `none`."""

    label = Message("termination by Kabelplus")
    the = Message("the termination by Kabelplus")
    left_out = Message("Had Kabelplus not terminated on {days}")
    synonyms = "ophævelse ophæv ophævet kabelplus_opsigelse termination"
    transition = Transition.NOTICE

    reason: Reason
    settlement: Literal["access", "refund"] = "access"
    warned: FactDay | None = None


EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        *(SignUp, ConfirmationReceived, LogIn, Activate, Withdraw, GiveNotice, WithdrawNotice, ChangePackage, Buy),
        *(Pay, PaymentReturned, CreditAdjusted, CreditPaidOut, Charge),
        *(PaymentMethodFails, PaymentMethodRenewed, Reminder),
        *(Complain, Transfer, Move),
        *(LendEquipment, ReturnEquipment, InvoiceEquipment),
        *(AnnouncePriceChange, AnnounceServiceChange, AnnounceTermsChange),
        *(Suspend, Restore, Terminate),
    )
}
"""Every event of the agreement by its name, in the order of the format."""
