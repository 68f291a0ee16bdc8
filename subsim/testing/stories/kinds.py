"""The kinds of events of a random timeline, with their weights and the values of their fields."""

from hypothesis import strategies as st

from subsim.basics.dates import Day, days_after, last_day_of_month, months
from subsim.engine.ways import GROUNDS
from subsim.membership.events import (
    NO_CAUSE,
    Activate,
    Amount,
    AnnouncePriceChange,
    AnnounceServiceChange,
    AnnounceTermsChange,
    Buy,
    ChangePackage,
    Charge,
    Complain,
    ConfirmationReceived,
    CreditAdjusted,
    CreditPaidOut,
    Event,
    GiveNotice,
    InvoiceEquipment,
    LendEquipment,
    LogIn,
    Move,
    PackageName,
    Pay,
    PaymentMethodFails,
    PaymentMethodRenewed,
    PaymentReturned,
    Reminder,
    Restore,
    ReturnEquipment,
    SignUp,
    Suspend,
    Terminate,
    Transfer,
    Withdraw,
    WithdrawNotice,
)
from subsim.rules.operator_termination import CAUSES
from subsim.rules.termination import ORDINARY
from subsim.rules.trial import TRIAL
from subsim.terms.readings import POINTS
from subsim.terms.terms import NUMBERS
from subsim.testing.stories.abilities import Abilities
from subsim.testing.stories.scene import Field, Kind, Scene, limit, one_of, pick

SELDOM, MOSTLY = one_of(False, False, False, True), one_of(True, True, True, False)
_INSTEAD = {"days": (0, 1, 5, 12, 14, 31, 60), "months": (0, 1, 5, 12), "years": (0, 16, 21), "kroner": (0, 447_00)}
NUMBERS_CHANGED = st.lists(
    one_of(*((name, value) for name, of in NUMBERS.items() for value in of.allowed or _INSTEAD[of.unit])), max_size=2
)
READINGS_CHANGED = st.lists(
    one_of(*((name, reading) for name, point in POINTS.items() for reading in point.readings)), max_size=6
)


def _package(draw: st.DrawFn, scene: Scene) -> PackageName:
    return pick(draw, tuple(scene.prices))


def _billing(draw: st.DrawFn, scene: Scene) -> str:
    return pick(draw, scene.abilities.billing)


def _wanted_end(draw: st.DrawFn, scene: Scene) -> Day:
    return limit(draw, scene, -20, 400)


_COUNTS_AHEAD = one_of(30, 29, 31, 0, 1, 3, 7, 8, 21, 22, 40, 60, 90, 120, *[None] * 14)


def _day_ahead(draw: st.DrawFn, scene: Scene) -> Day:
    """The effective date of an announcement: some days ahead, or, as often, on a limit."""
    count = draw(_COUNTS_AHEAD)
    return limit(draw, scene, 0, 250) if count is None else days_after(scene.today, count)


_MONTHS_AHEAD = one_of(*[None] * 26, *range(13))


def _card_month(draw: st.DrawFn, scene: Scene) -> Day | None:
    """The expiry of a card: usually none, else one within a year."""
    count = draw(_MONTHS_AHEAD)
    if count is None:
        return None
    day = months(scene.today, count)
    return last_day_of_month(day.year, day.month)


def _payment(draw: st.DrawFn, scene: Scene) -> int:
    """The amount of a payment: one to twelve months of some package, or another amount."""
    dues = sorted({price * count for price in scene.prices.values() for count in (1, 3, 6, 12)})
    return pick(draw, [*dues, 1, 100_00, 777_77, 3000_00])


def _part_of_payment(draw: st.DrawFn, scene: Scene) -> int:
    """A part of a payment: nothing, an øre, one month of some package, or more."""
    return pick(draw, [0, 1, 100_00, *sorted(scene.prices.values())])


def _correction(draw: st.DrawFn, scene: Scene) -> int:
    """A correction of the credit, up or down: a part of a payment, or a payment."""
    amount = _part_of_payment(draw, scene) if draw(st.booleans()) else _payment(draw, scene)
    return amount if draw(MOSTLY) else -amount


def _some_packages(draw: st.DrawFn, scene: Scene) -> tuple[PackageName, ...]:
    """One or two packages, usually including one that was asked for."""
    one, other = pick(draw, (*scene.wanted * 2, *scene.prices)), _package(draw, scene)
    return (one,) if one == other or draw(st.booleans()) else (one, other)


def _new_prices(draw: st.DrawFn, scene: Scene) -> dict[PackageName, Amount]:
    return {package: draw(AMOUNT) for package in _some_packages(draw, scene)}


def _information(draw: st.DrawFn, scene: Scene) -> Day | str | None:
    """The day of the explanation of the right to withdraw: usually that of the confirmation."""
    count = draw(one_of(*[None] * 4, "same-day", "none", 0, 1, 3, 20, 40, 360, 380, 400))
    return days_after(scene.today, count) if isinstance(count, int) else count


def _day_of_sending(draw: st.DrawFn, scene: Scene) -> Day | None:
    count = draw(one_of(None, None, 0, 1, 2, 3, 5))
    return None if count is None else days_after(scene.today, -count)


def _id_or_none(draw: st.DrawFn, scene: Scene) -> str | None:
    """The subscription that an event of the agreement names, if any."""
    return pick(draw, (None, *scene.signed_up))


def _kind(event: type[Event], weight: int, **fields: Field) -> Kind:
    return Kind(event, weight, fields)


AMOUNT = one_of(149_00, 299_00, 99_95, 0, 1, 33_33, 77_77, 123_45, 416_66, 416_67, 1666_66, 1666_67, 5000_00)
"""Prices, some of them to be rounded, some at the limit of the credit assessment; in øre."""
_VIA = one_of(("email",), ("website",), ("email", "website"))
_ITEM = one_of("box", "box", "box", "remote")

SIGN_UP = _kind(
    SignUp,
    4,
    package=_package,
    channel=one_of("online", "phone", "shop"),
    billing=_billing,
    payment=one_of(None, "card", "invoice", "betalingsservice"),
    card_expires=_card_month,
    trial_days=one_of(0, 0, 0, 14, 30, 200),
    confirmation=one_of("same-day", "same-day", "pending"),
    credit_check=one_of(None, None, "passed", "failed"),
    service=one_of(*["ip"] * 19, "tv"),
    kind=one_of(None, "internet", "tv", "bundle"),
    withdrawal_info=_information,
    express_request=one_of(None, True, False),
    content_consent=one_of(False, False, True),
    trial_price_told=st.booleans(),
    solicited=st.booleans(),
)
_LEAVING = (
    _kind(GiveNotice, 6, ground=one_of(*[None] * 5, *(ground for ground in GROUNDS if ground != TRIAL))),
    _kind(GiveNotice, 1, ground=one_of(*GROUNDS)),
    _kind(GiveNotice, 2, ground=one_of(None, ORDINARY), wanted_end=_wanted_end),
    _kind(WithdrawNotice, 3, agreed=MOSTLY),
    _kind(ChangePackage, 6, to=_package),
    _kind(AnnouncePriceChange, 6, prices=_new_prices, effective=_day_ahead, via=_VIA),
    _kind(
        AnnouncePriceChange,
        2,
        prices=_new_prices,
        effective=_day_ahead,
        via=_VIA,
        grounds=st.just("cost"),
        cost_increase=one_of(50_00, 10_00, 150_00),
    ),
    _kind(
        AnnounceServiceChange,
        4,
        packages=_some_packages,
        effective=_day_ahead,
        via=_VIA,
        disadvantage=one_of("material", "material", "none"),
        urgent=SELDOM,
    ),
    _kind(AnnounceTermsChange, 2, effective=_day_ahead, via=_VIA, material=MOSTLY, favourable=SELDOM),
    _kind(
        AnnounceTermsChange,
        4,
        effective=_day_ahead,
        via=_VIA,
        material=st.booleans(),
        favourable=SELDOM,
        numbers=NUMBERS_CHANGED.map(dict),
        readings=READINGS_CHANGED.map(dict),
    ),
    _kind(Terminate, 2, reason=st.just(NO_CAUSE), settlement=one_of("access", "refund")),
)
_STAYING = (
    _kind(Pay, 4, amount=_payment),
    _kind(PaymentReturned, 4, amount=_payment),
    _kind(CreditAdjusted, 3, amount=_correction, note=one_of(None, "goodwill")),
    _kind(CreditPaidOut, 2, amount=_part_of_payment),
    _kind(Charge, 2, item=st.just("cable"), amount=AMOUNT),
    _kind(PaymentMethodFails, 3),
    _kind(PaymentMethodRenewed, 3, card_expires=_card_month),
    _kind(
        Terminate, 3, reason=one_of(*(name for name, cause in CAUSES.items() for _ in range(2 if cause.refusal else 1)))
    ),
    _kind(Withdraw, 2, sent=_day_of_sending),
    _kind(Activate, 2, filter_changed=st.booleans(), express_request=one_of(None, True, False)),
    _kind(LogIn, 1),
    _kind(ConfirmationReceived, 1),
    _kind(Buy, 2, item=st.just("film"), amount=AMOUNT, access_days=one_of(None, 30, 0), content_consent=SELDOM),
    _kind(Reminder, 2, fee=one_of(0, 50_00, 100_00, 100_00, 100_00, 100_01)),
    _kind(LendEquipment, 3, item=_ITEM, value=AMOUNT),
    _kind(ReturnEquipment, 1, item=_ITEM),
    _kind(InvoiceEquipment, 2, item=_ITEM),
    _kind(Suspend, 1),
    _kind(Restore, 1),
    _kind(Complain, 1, subscription=_id_or_none),
    _kind(Transfer, 1, subscription=_id_or_none),
    _kind(Move, 1, resident=one_of("DK", "SE")),
)


def themes(abilities: Abilities) -> tuple[tuple[Kind, ...], ...]:
    """The themes of timelines: the kinds of events besides a sign-up, repeated by weight; one on ways out, one with
    all.

    A theme without any event that the system supports is left out.
    """
    found = (_usable(kinds, abilities) for kinds in (_LEAVING, _LEAVING + _STAYING))
    return tuple(kinds for kinds in found if kinds) or ((),)


def _usable(kinds: tuple[Kind, ...], abilities: Abilities) -> tuple[Kind, ...]:
    return tuple(kind for kind in kinds if kind.event.name in abilities.events for _ in range(kind.weight))
