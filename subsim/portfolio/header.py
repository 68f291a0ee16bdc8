"""The header of a portfolio: what all its members share, in a small YAML file beside them."""

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, quote
from subsim.basics.texts import Message, join_words
from subsim.files.checks import check
from subsim.files.format import HalfYear, Percent, kind_of
from subsim.files.reader import Found, TreeReader
from subsim.files.scenario import bytes_of
from subsim.files.yaml_nodes import Mapping, Scalar, decoded, tree
from subsim.membership.events import Amount, Announcement, Event, PackageName
from subsim.terms.law_points import split
from subsim.terms.readings import Choices, ProfileName, with_choices
from subsim.terms.readings import profile as readings_of
from subsim.terms.terms import TERMS_ID, Numbers, Replacements, Terms, with_numbers


@frozen(kw_only=True)
class HeaderFile:
    """The keys of a header: those of a scenario that do not belong to one member, and the common announcements."""

    terms: str = TERMS_ID
    profile: ProfileName | None = None
    readings: Choices = Factory(lambda: Choices({}))
    numbers: Replacements = Factory(lambda: Replacements({}))
    prices: dict[PackageName, Amount]
    reference_rates: dict[HalfYear, Percent] = Factory(dict)
    until: Day
    announcements: tuple[Event, ...] = ()


@frozen(kw_only=True)
class Header:
    """What all members share; `prices` are øre a month, `announcements` stand in the order of their dates."""

    prices: dict[PackageName, Amount]
    terms: Terms
    until: Day
    announcements: tuple[Announcement, ...] = ()
    law_choices: dict[str, str] = Factory(dict)
    """The law points that are set."""


def load_header(
    path: str,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> Header:
    """The header in a file; a `profile` wins over its readings, `readings` and `numbers` are single ones on top.

    InputErrors holds all that is wrong with the file.
    """
    file = _read(path)
    of_file, law_of_file = split(file.readings)
    on_top, law_on_top = split(readings or {})
    chosen = readings_of(profile or file.profile or "standard")
    if profile is None:
        chosen = with_choices(chosen, of_file)
    terms = Terms(
        numbers=with_numbers(Numbers(), file.numbers | (numbers or {})),
        readings=with_choices(chosen, on_top),
        reference_rates=dict(file.reference_rates.items()),
    )
    announcements = tuple(event for event in file.announcements if isinstance(event, Announcement))
    return Header(
        prices=file.prices,
        terms=terms,
        until=file.until,
        announcements=announcements,
        law_choices=law_of_file | law_on_top,
    )


def _read(path: str) -> HeaderFile:
    text = decoded(bytes_of(path), path)
    faults = Faults(path, text)
    root = tree(text, faults)
    if root is None:
        faults.add(START, Message("the file is empty"), Message("a header has prices: and until:"))
        raise faults.as_errors()
    reader = TreeReader(faults)
    file = reader.read(root, kind_of(HeaderFile), Message("a header"))
    reader.events = [found for found in reader.events if _is_announcement(found, faults)]
    prices = root.get("prices") if isinstance(root, Mapping) else None
    check(reader, prices.entries if isinstance(prices, Mapping) else ())
    if isinstance(root, Mapping):
        _check_terms(root, faults)
    if faults:
        raise faults.as_errors()
    assert isinstance(file, HeaderFile)
    return file


def _is_announcement(found: Found, faults: Faults) -> bool:
    """Whether it is one, or cannot be told; what is none is noted."""
    kinds = Announcement.__args__
    if found.shape is Event or issubclass(found.shape, kinds):
        return True
    message = Message("{event} is the event of one member, not an announcement to all", event=quote(found.shape.name))
    remedy = Message("expected {names}", names=join_words(kind.name for kind in kinds))
    faults.add(found.node.place_of("event"), message, remedy)
    return False


def _check_terms(root: Mapping, faults: Faults) -> None:
    terms = root.get("terms")
    if isinstance(terms, Scalar) and terms.text != TERMS_ID:
        message = Message("terms is {found}, expected {expected}", found=quote(terms.text), expected=TERMS_ID)
        faults.add(terms.place, message)
