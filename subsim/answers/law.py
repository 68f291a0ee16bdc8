"""The law's answer beside the contract's: frozen values, and what `law` holds in the JSON of `subsim can-cancel`."""

from subsim.basics.dates import Day
from subsim.basics.enumerations import Better, LawGap, LawRoute
from subsim.basics.json_object import JsonObject, JsonTable, Key, money
from subsim.basics.texts import NOTHING, Message
from subsim.basics.values import frozen
from subsim.membership.agreement import Note
from subsim.membership.events import Kind
from subsim.terms.law_routes import LAW_ROUTES
from subsim.terms.statutes import PROVISIONS, Confidence, Standing, weakest

_ARGUABLY = Message("arguably")


@frozen(kw_only=True)
class Floor(JsonObject):
    """What the member has by law and contract together, as one column of a row has it.

    `ends_on` is the first day without service, and None of an open purchase, which ends nothing; amounts are in øre. Of
    a closed one all but `because` is None.
    """

    open: bool = True
    ends_on: Day | None = None
    give_notice_by: Day | None = None
    refund: int | None = None
    refund_by: Day | None = None
    still_to_pay: int | None = None
    because: Message = NOTHING

    @property
    def gist(self) -> tuple[object, ...]:
        """Everything but the reason."""
        return self.open, self.ends_on, self.give_notice_by, self.refund, self.refund_by, self.still_to_pay

    KEYS = (
        Key("open", "whether it is open"),
        Key("ends_on", "the first day without service; null of an open purchase, which ends nothing"),
        Key("give_notice_by", "the last day on which it is open"),
        money("refund", "what is paid back"),
        Key("refund_by", "the last day on which it is to be paid back"),
        money("still_to_pay", "what is still to pay"),
    )


@frozen(kw_only=True)
class LawWay(JsonObject):
    """One row: a route, for the kinds of agreement that it is the same for, in both columns.

    `kind` is None where the row holds for every kind at hand. `contract` is what it is set against, and `better` says
    which of law and contract gives the member more. `points` are the law points that are not set and of which a reading
    changes the row.
    """

    route: LawRoute
    kind: Kind | None
    contract: Floor
    sure: Floor
    arguable: Floor
    better: Better
    provisions: tuple[str, ...]
    points: tuple[str, ...]

    @property
    def gist(self) -> tuple[object, ...]:
        """The row without its reasons."""
        return self.route, self.kind, self.sure.gist, self.arguable.gist, self.better

    @property
    def decisive(self) -> str:
        """The provision that decides the row; of an ordinary notice that of the notice, not that of the refund."""
        return next(id for id in LAW_ROUTES[self.route].decided_by if id in self.provisions)

    @property
    def standing(self) -> Standing:
        """Always mandatory."""
        return "mandatory"

    @property
    def confidence(self) -> Confidence:
        """The weakest letter of its provisions."""
        return weakest(tuple(PROVISIONS[id].weakest for id in self.provisions))

    @property
    def is_confirmed(self) -> bool:
        """Whether every provision was seen in a source."""
        return self.confidence != "m"

    @property
    def because(self) -> Message:
        """The arithmetic of the column `sure`, and of `arguable` where that is another."""
        if self.sure.gist == self.arguable.gist or self.sure.because == self.arguable.because:
            return self.sure.because
        return self.sure.because + _ARGUABLY + self.arguable.because

    KEYS = (
        Key("route", "the way out by law"),
        Key("kind", "the kind of agreement; null where the row holds for every kind at hand"),
        Key("sure", "what the member has for sure"),
        Key("arguable", "what the member has as may be argued"),
        Key("better", "which of law and contract gives the member more"),
        Key("provisions", "the provisions"),
        Key("standing", "how far they bind"),
        Key("confidence", "how well they are known: the weakest letter"),
        Key("points", "the law points, not set, of which a reading changes the row"),
        Key("because", "the arithmetic"),
    )


_NOTE = JsonTable(
    "LawNote",
    Note,
    (Key("provision", "the provision"), Key("note", "what it says", of="because")),
    "What a provision says that computes nothing here.",
)


@frozen(kw_only=True)
class LawAnswer(JsonObject):
    """What the law says beside the contract as of the end of a day; `ways` and `notes` are empty where not covered."""

    why_not: LawGap | None
    kinds: tuple[Kind, ...]
    ways: tuple[LawWay, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether the law column applies to the subscription."""
        return self.why_not is None

    def ways_by(self, route: LawRoute) -> list[LawWay]:
        """The rows of a route: one for each kind of agreement, or one for all where they are equal."""
        return [way for way in self.ways if way.route == route]

    KEYS = (
        Key("covered", "whether the law column covers the subscription"),
        Key("why_not", "why it does not"),
        Key("kinds", "the kinds of agreement at hand"),
        Key("ways", "the ways out by law"),
        Key("notes", "what provisions say that compute nothing here", by=_NOTE),
    )


@frozen(kw_only=True)
class LawByReading(JsonObject):
    """What a single other reading of a law point, taken in both columns, makes of a subscription's rows.

    `ways` are those that are then others.
    """

    subscription: str
    point: str
    reading: str
    ways: tuple[LawWay, ...]

    KEYS = (
        Key("subscription", "the subscription"),
        Key("point", "the law point"),
        Key("reading", "its other reading"),
        Key("ways", "the rows that are then others"),
    )
