"""The header of many members: what all of them share, in a small YAML file."""

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, quote
from subsim.basics.texts import Message, join_words
from subsim.files.checks import check
from subsim.files.format import HalfYear, Percent, kind_of
from subsim.files.reader import Found, TreeReader
from subsim.files.yaml_nodes import Mapping, Node, Scalar, tree
from subsim.membership.events import Amount, Announcement, Event, PackageName
from subsim.terms.readings import Choices, ProfileName
from subsim.terms.terms import TERMS_ID, Replacements


@frozen(kw_only=True)
class HeaderFile:
    """The keys of a header: those of a scenario that do not belong to one member, and the common announcements."""

    terms: str = TERMS_ID
    profile: ProfileName | None = None
    readings: Choices = Factory(lambda: Choices({}))
    numbers: Replacements = Factory(lambda: Replacements({}))
    prices: dict[PackageName, Amount]
    reference_rates: dict[HalfYear, Percent] = Factory(dict)
    until: Day | None = None
    announcements: tuple[Event, ...] = ()


@frozen(kw_only=True)
class HeaderRead:
    """A header as its classes have it, and the tree in which it was given."""

    file: HeaderFile
    root: Node


def read_header(text: str, name: str, until_needed: bool = False) -> HeaderRead:
    """The header in a text; InputErrors holds all that is wrong with it, `name` is the file shown."""
    faults = Faults(name, text)
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
        if until_needed and _is_absent(root.get("until")):
            what, key = Message("a header"), "until"
            remedy = Message("add {key}: {expected}", key=key, expected=Message("a date such as 2020-04-15"))
            faults.add(root.place, Message("{what} lacks the field {key}", what=what, key=quote(key)), remedy)
    if faults:
        raise faults.as_errors()
    assert isinstance(file, HeaderFile)
    return HeaderRead(file=file, root=root)


def _is_announcement(found: Found, faults: Faults) -> bool:
    """Whether it is one, or cannot be told; what is none is noted."""
    kinds = Announcement.__args__
    if found.shape is Event or issubclass(found.shape, kinds):
        return True
    message = Message("{event} is the event of one member, not an announcement to all", event=quote(found.shape.name))
    remedy = Message("expected {names}", names=join_words(kind.name for kind in kinds))
    faults.add(found.node.place_of("event"), message, remedy)
    return False


def _is_absent(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.is_null)


def _check_terms(root: Mapping, faults: Faults) -> None:
    terms = root.get("terms")
    if isinstance(terms, Scalar) and terms.text != TERMS_ID:
        message = Message("terms is {found}, expected {expected}", found=quote(terms.text), expected=TERMS_ID)
        faults.add(terms.place, message)
