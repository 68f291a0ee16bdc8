"""The header of a portfolio: the facts that all members share, in a small YAML file."""

from hashlib import sha256
from operator import attrgetter

from attrs import Factory, field, frozen

from subsim.basics.dates import Day
from subsim.basics.faults import Faults
from subsim.basics.texts import Message
from subsim.files.header import HeaderFile, read_header
from subsim.files.scenario import bytes_of
from subsim.files.terms_file import TermsFile
from subsim.files.yaml_nodes import decoded
from subsim.membership.events import Amount, Announcement, PackageName
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.terms.policies import Policy
from subsim.terms.terms import Terms

__all__ = ["Header", "HeaderFile", "load_header"]


@frozen(kw_only=True)
class Header:
    """The facts that all members share; `prices` are øre a month, `announcements` are in order of date.

    `policy` is that of personal data, with its settings and choices; its repr is a hash of it.
    """

    prices: dict[PackageName, Amount]
    terms: Terms
    until: Day
    announcements: tuple[Announcement, ...] = ()
    law_choices: dict[str, str] = Factory(dict)
    """The law points that are set."""
    policy: Policy | None = field(default=None, repr=lambda policy: sha256(repr(policy).encode()).hexdigest())
    settings: dict[str, str | None] = Factory(dict)
    policy_choice: TermsChoice = OWN_TERMS
    """The profile, and the readings and numbers, of which those with a prefix are the policy's."""
    assume: dict[str, str | bool] = Factory(dict)
    """By name the assumptions on facts in doubt."""


def load_header(
    path: str,
    choice: TermsChoice = OWN_TERMS,
    *,
    policy: str | None = None,
    policy_needed: bool = False,
    terms: TermsFile | None = None,
    assume: dict[str, str | bool] | None = None,
) -> Header:
    """The header in a file; what is chosen goes before its own terms, `policy` and `terms` before those it names.

    `assume` settles facts in doubt of the members, by their names. InputErrors has all faults of the file.
    """
    text = decoded(bytes_of(path), path)
    read = read_header(text, path, until_needed=True, policy=policy, may_name_files=True)
    file = read.file
    if policy_needed and read.policy is None:
        faults = Faults(path, text)
        remedy = Message("add retention: {{policy: NAME}}, or give --policy NAME")
        faults.add(read.root.place, Message("the header names no policy"), remedy)
        raise faults.as_errors()
    assert file.until is not None
    chosen = choice.over(TermsChoice(profile=file.profile, readings=file.readings, numbers=file.numbers))
    terms = terms or read.terms
    if terms is not None:
        chosen = chosen.over(terms.choice)
    changes = () if terms is None else terms.changes
    announcements = (*changes, *(event for event in file.announcements if isinstance(event, Announcement)))
    return Header(
        prices=file.prices,
        terms=chosen.terms(dict(file.reference_rates.items())),
        until=file.until,
        announcements=tuple(sorted(announcements, key=attrgetter("date"))),
        law_choices=chosen.law_readings,
        policy=read.policy,
        settings=dict(file.retention.settings.items()) if file.retention else {},
        policy_choice=chosen,
        assume=assume or {},
    )
