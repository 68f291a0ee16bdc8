"""The events about personal data: one frozen class each. The replay skips them, retention uses them."""

from typing import Literal

from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.membership.events import EVENTS, Event, KnownDay
from subsim.terms.policies import Basis, CategoryName, Purpose, PurposeName, Right

MARKETING = PurposeName("marketing")
"""The purpose of consent where no other is named."""


@frozen(kw_only=True)
class DataEvent(Event):
    """An event that concerns what is held about the member, whatever the subscription."""


@frozen(kw_only=True)
class RelationshipStart(DataEvent):
    """The person became a customer or user, or the account active."""

    label = Message("start of the relationship")
    the = Message("the start of the relationship")

    relationship: str = "main"


@frozen(kw_only=True)
class RelationshipEnd(DataEvent):
    """The first day without the relationship; known from `notice_given` on, where that is given."""

    label = Message("end of the relationship")
    the = Message("the end of the relationship")

    relationship: str = "main"
    by: Literal["member", "controller"] = "member"
    notice_given: KnownDay | None = None


@frozen(kw_only=True)
class Activity(DataEvent):
    """A product was used, also after the relationship."""

    label = Message("use of a product")
    the = Message("the use of a product")

    product: str | None = None


@frozen(kw_only=True)
class Contact(DataEvent):
    """The person was in touch."""

    label = Message("contact")
    the = Message("the contact")

    channel: str | None = None


@frozen(kw_only=True)
class DataRegistered(DataEvent):
    """A record came into being; `ends` is its own end, `covers_until` the last day that it is about."""

    label = Message("record registered")
    the = Message("the registration of a record")

    category: CategoryName
    id: str | None = None
    ends: KnownDay | None = None
    covers_until: KnownDay | None = None


@frozen(kw_only=True)
class ConsentGiven(DataEvent):
    """The person agreed to a use."""

    label = Message("consent given")
    the = Message("the giving of consent")

    purpose: PurposeName = MARKETING


@frozen(kw_only=True)
class ConsentWithdrawn(DataEvent):
    """The person withdrew the consent to a use, or with `all` to every one."""

    label = Message("consent withdrawn")
    the = Message("the withdrawal of consent")

    purpose: PurposeName = MARKETING


@frozen(kw_only=True)
class DataRequest(DataEvent):
    """A request by the person, received on its date; about some categories, or with `about` about others' data."""

    label = Message("request")
    the = Message("the request about personal data")

    right: Right
    request: str | None = None
    categories: tuple[CategoryName, ...] = ()
    about: CategoryName | None = None
    purpose: Purpose | None = None
    channel: str = "email"

    @property
    def id(self) -> str:
        """What later events call it."""
        return self.request or self.right


@frozen(kw_only=True)
class RequestEvent(DataEvent):
    """Something that happened to a request."""

    request: str


@frozen(kw_only=True)
class IdentityAsked(RequestEvent):
    """The controller asked who the person is."""

    label = Message("proof of identity asked for")
    the = Message("the asking for proof of identity")


@frozen(kw_only=True)
class IdentityProved(RequestEvent):
    """The person proved it."""

    label = Message("identity proved")
    the = Message("the proof of identity")


@frozen(kw_only=True)
class RequestExtended(RequestEvent):
    """The controller told the person that the answer takes longer."""

    label = Message("answer extended")
    the = Message("the extension of the answer")


@frozen(kw_only=True)
class RequestWithdrawn(RequestEvent):
    """The person took the request back."""

    label = Message("request taken back")
    the = Message("the taking back of the request")


@frozen(kw_only=True)
class RequestAnswered(RequestEvent):
    """The controller answered; the first answer counts."""

    label = Message("request answered")
    the = Message("the answer to the request")

    outcome: Literal["met", "partly", "refused"]


@frozen(kw_only=True)
class DisputeOpened(DataEvent):
    """A dispute began; `assessed` if it was decided that the data are kept for it."""

    label = Message("dispute opened")
    the = Message("the opening of the dispute")

    id: str
    categories: tuple[CategoryName, ...] = ()
    assessed: bool = False


@frozen(kw_only=True)
class DisputeClosed(DataEvent):
    """The dispute is over."""

    label = Message("dispute closed")
    the = Message("the closing of the dispute")

    id: str


@frozen(kw_only=True)
class HoldPlaced(DataEvent):
    """Disposal is suspended, until a day where one is named."""

    label = Message("hold placed")
    the = Message("the placing of the hold")

    id: str
    basis: Basis
    categories: tuple[CategoryName, ...] = ()
    assessed: bool = False
    until: KnownDay | None = None


@frozen(kw_only=True)
class HoldLifted(DataEvent):
    """The hold is over."""

    label = Message("hold lifted")
    the = Message("the lifting of the hold")

    id: str


@frozen(kw_only=True)
class Disposed(DataEvent):
    """Proof that data were disposed of, or made inactive."""

    label = Message("data disposed of")
    the = Message("the disposal of data")

    categories: tuple[CategoryName, ...] = ()
    ids: tuple[str, ...] = ()
    action: Literal["erased", "anonymised", "inactivated"] = "erased"


@frozen(kw_only=True)
class DataBreach(DataEvent):
    """A breach of security became known."""

    label = Message("breach of security")
    the = Message("the breach of security")

    high_risk: bool = False


DATA_EVENTS: dict[str, type[DataEvent]] = {
    event.name: event
    for event in (
        *(RelationshipStart, RelationshipEnd, Activity, Contact, DataRegistered, ConsentGiven, ConsentWithdrawn),
        *(DataRequest, IdentityAsked, IdentityProved, RequestExtended, RequestWithdrawn, RequestAnswered),
        *(DisputeOpened, DisputeClosed, HoldPlaced, HoldLifted, Disposed, DataBreach),
    )
}
"""Every event about personal data by its name, in the order of the format."""


EVERY_EVENT: dict[str, type[Event]] = {**EVENTS, **DATA_EVENTS}
"""All events that a timeline may hold."""
