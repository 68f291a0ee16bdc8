"""The header of a portfolio: what all its members share, in a small YAML file beside them."""

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.files.header import HeaderFile, read_header
from subsim.files.scenario import bytes_of
from subsim.files.yaml_nodes import decoded
from subsim.membership.events import Amount, Announcement, PackageName
from subsim.terms.choice import OWN_TERMS, TermsChoice
from subsim.terms.terms import Terms

__all__ = ["Header", "HeaderFile", "load_header"]


@frozen(kw_only=True)
class Header:
    """What all members share; `prices` are øre a month, `announcements` stand in the order of their dates."""

    prices: dict[PackageName, Amount]
    terms: Terms
    until: Day
    announcements: tuple[Announcement, ...] = ()
    law_choices: dict[str, str] = Factory(dict)
    """The law points that are set."""


def load_header(path: str, choice: TermsChoice = OWN_TERMS) -> Header:
    """The header in a file, under its own terms but for what is chosen.

    InputErrors holds all that is wrong with the file.
    """
    file = read_header(decoded(bytes_of(path), path), path, until_needed=True).file
    assert file.until is not None
    chosen = choice.over(TermsChoice(profile=file.profile, readings=file.readings, numbers=file.numbers))
    announcements = tuple(event for event in file.announcements if isinstance(event, Announcement))
    return Header(
        prices=file.prices,
        terms=chosen.terms(dict(file.reference_rates.items())),
        until=file.until,
        announcements=announcements,
        law_choices=chosen.law_readings,
    )
