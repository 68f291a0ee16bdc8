"""Files of terms: numbers, readings and announced changes that replace the built-in terms.

The choices of a scenario, a header or a question apply on top of it.
"""

from collections.abc import Iterable
from os import PathLike, fspath
from typing import Literal

from attrs import Factory

from subsim.basics.faults import START, Faults, quote
from subsim.basics.texts import Message
from subsim.basics.values import frozen
from subsim.files.checks import check
from subsim.files.keys import kind_of
from subsim.files.reader import FoundRecord, TreeReader
from subsim.files.source import bytes_of
from subsim.files.yaml_nodes import Node, decoded, tree
from subsim.membership.events import AnnounceTermsChange, Event
from subsim.terms.choice import TermsChoice
from subsim.terms.readings import Choices, ProfileName
from subsim.terms.terms import Replacements

GIVEN = "<terms>"
"""The name shown in faults of terms that do not come from a file."""


@frozen(kw_only=True)
class TermsFile:
    """A file of terms. What it leaves out stays as built in; `announcements` are of changes of the terms only."""

    terms: Literal["kabelplus-2019-10-30"] = "kabelplus-2019-10-30"
    profile: ProfileName | None = None
    numbers: Replacements = Factory(lambda: Replacements({}))
    readings: Choices = Factory(lambda: Choices({}))
    announcements: tuple[Event, ...] = ()

    @property
    def choice(self) -> TermsChoice:
        """The terms before the first change, to which other choices are added."""
        return TermsChoice(profile=self.profile, readings=self.readings, numbers=self.numbers)

    @property
    def changes(self) -> tuple[AnnounceTermsChange, ...]:
        """The changes, in order of the dates on which they are announced."""
        return tuple(event for event in self.announcements if isinstance(event, AnnounceTermsChange))


def load_terms(path: str | PathLike[str]) -> TermsFile:
    """The terms in a file; InputErrors holds all that is wrong with it."""
    name = fspath(path)
    return loads_terms(bytes_of(name), name)


def loads_terms(text: str | bytes, name: str = GIVEN) -> TermsFile:
    """The terms in a text, or in the bytes of a file; InputErrors holds all that is wrong with it."""
    content = decoded(text, name) if isinstance(text, bytes) else text.removeprefix("\ufeff")
    faults = Faults(name, content)
    root = tree(content, faults)
    if root is None:
        faults.add(START, Message("the file is empty"), Message("subsim terms writes one to begin with"))
        raise faults.as_errors()
    found = read_terms(root, faults)
    if found is None:
        raise faults.as_errors()
    return found


def read_terms(root: Node, faults: Faults) -> TermsFile | None:
    """The terms in a tree; None if there is any fault, all of them noted in `faults`."""
    before = len(faults)
    reader = TreeReader(faults)
    file = reader.read(root, kind_of(TermsFile), Message("a file of terms"))
    _check_announcements(reader.events, faults)
    check(reader, ())
    for _shape, entry in reader.prefixed:
        message = Message("{name} belongs to a policy, which is no part of the terms", name=quote(entry.key.text))
        faults.add(entry.key.place, message, Message("leave it out: --reading and --number take it"))
    return file if isinstance(file, TermsFile) and len(faults) == before else None


def _check_announcements(events: Iterable[FoundRecord], faults: Faults) -> None:
    for found in events:
        if found.shape not in (Event, AnnounceTermsChange):
            message = Message("{event} changes no terms", event=quote(found.shape.name))
            remedy = Message("expected {names}", names=AnnounceTermsChange.name)
            faults.add(found.node.place_of("event"), message, remedy)
