"""The header of many members: the facts that all share, in a small YAML file."""

import os

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.basics.faults import START, Faults, InputErrors, quote
from subsim.basics.texts import Message, join_words
from subsim.files.annotations import HalfYear, Percent
from subsim.files.checks import check
from subsim.files.data_checks import needs_prices, policy_of
from subsim.files.format import RetentionChoice
from subsim.files.keys import keys_of, kind_of
from subsim.files.reader import FoundRecord, TreeReader
from subsim.files.terms_file import TermsFile, load_terms
from subsim.files.yaml_nodes import Mapping, Node, Scalar, tree
from subsim.membership.events import Amount, Announcement, Event, PackageName
from subsim.terms.policies import Policy
from subsim.terms.readings import Choices, ProfileName
from subsim.terms.terms import TERMS_ID, Replacements


@frozen(kw_only=True)
class HeaderFile:
    """The keys of a header: those of a scenario that do not belong to one member, and the common announcements.

    `prices` may be left out only where `retention` names a policy without an agreement. `terms` may be a file of terms.
    """

    terms: str = TERMS_ID
    profile: ProfileName | None = None
    readings: Choices = Factory(lambda: Choices({}))
    numbers: Replacements = Factory(lambda: Replacements({}))
    prices: dict[PackageName, Amount] = Factory(dict)
    retention: RetentionChoice | None = None
    reference_rates: dict[HalfYear, Percent] = Factory(dict)
    until: Day | None = None
    announcements: tuple[Event, ...] = ()


@frozen(kw_only=True)
class HeaderContent:
    """A header that was read, its tree, and the policy and the terms that it names."""

    file: HeaderFile
    root: Node
    policy: Policy | None
    terms: TermsFile | None = None


def read_header(
    text: str, name: str, until_needed: bool = False, *, policy: str | None = None, may_name_files: bool = False
) -> HeaderContent:
    """The header in a text; InputErrors holds all that is wrong with it, `name` is the file shown.

    It may name files with a policy and terms if `may_name_files`; `policy` replaces the one it names.
    """
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
    goes_by, of_policy = (
        policy_of(root, reader, policy, may_be_a_file=may_name_files) if isinstance(root, Mapping) else (None, ())
    )
    terms, of_terms = _terms_of(root, faults, may_name_files)
    if isinstance(root, Mapping):
        if "prices" not in root.entries and needs_prices(root, goes_by):
            reader.note_missing(root, keys_of(HeaderFile)["prices"], Message("a header"))
        if until_needed and _is_absent(root.get("until")):
            what, key = Message("a header"), "until"
            remedy = Message("add {key}: {expected}", key=key, expected=Message("a date such as 2020-04-15"))
            faults.add(root.place, Message("{what} lacks the field {key}", what=what, key=quote(key)), remedy)
    if faults or of_policy or of_terms:
        own = faults.as_errors().errors if faults else ()
        raise InputErrors([*own, *(error for errors in (*of_policy, *of_terms) for error in errors.errors)])
    assert isinstance(file, HeaderFile)
    return HeaderContent(file=file, root=root, policy=goes_by, terms=terms)


def _is_announcement(found: FoundRecord, faults: Faults) -> bool:
    """Whether it is an announcement or could not be read; another event is noted as a fault."""
    kinds = Announcement.__args__
    if found.shape is Event or issubclass(found.shape, kinds):
        return True
    message = Message("{event} is the event of one member, not an announcement to all", event=quote(found.shape.name))
    remedy = Message("expected {names}", names=join_words(kind.name for kind in kinds))
    faults.add(found.node.place_of("event"), message, remedy)
    return False


def _is_absent(node: Node | None) -> bool:
    return node is None or (isinstance(node, Scalar) and node.is_null)


def _terms_of(root: Node, faults: Faults, may_be_a_file: bool) -> tuple[TermsFile | None, tuple[InputErrors, ...]]:
    """The terms in the file that a header names, beside it, and the faults of that file."""
    named = root.get("terms") if isinstance(root, Mapping) else None
    if not isinstance(named, Scalar) or named.is_null or named.text == TERMS_ID:
        return None, ()
    is_file = named.text.lower().endswith((".yaml", ".yml"))
    if not (is_file and may_be_a_file):
        message = Message("terms is {found}, expected {expected}", found=quote(named.text), expected=TERMS_ID)
        if is_file:
            remedy = Message(
                "a base keeps no file of terms: give its profile, readings, numbers and announcements here"
            )
        else:
            remedy = Message("or a file of terms, which ends in .yaml")
        faults.add(named.place, message, remedy)
        return None, ()
    try:
        return load_terms(os.path.join(os.path.dirname(faults.file), named.text)), ()
    except InputErrors as errors:
        if errors.errors[0].source is not None:
            return None, (errors,)
        error = errors.errors[0]
        faults.add(named.place, error.text, error.advice)
        return None, ()
