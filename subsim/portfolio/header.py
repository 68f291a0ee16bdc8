"""The header of a portfolio: what all its members share, in a small YAML file beside them."""

from attrs import Factory, frozen

from subsim.basics.dates import Day
from subsim.files.header import HeaderFile, read_header
from subsim.files.scenario import bytes_of
from subsim.files.yaml_nodes import decoded
from subsim.membership.events import Amount, Announcement, PackageName
from subsim.terms.law_points import split
from subsim.terms.readings import ProfileName, with_choices
from subsim.terms.readings import profile as readings_of
from subsim.terms.terms import Numbers, Terms, with_numbers

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


def load_header(
    path: str,
    profile: ProfileName | None = None,
    readings: dict[str, str] | None = None,
    numbers: dict[str, int] | None = None,
) -> Header:
    """The header in a file; a `profile` wins over its readings, `readings` and `numbers` are single ones on top.

    InputErrors holds all that is wrong with the file.
    """
    file = read_header(decoded(bytes_of(path), path), path, until_needed=True).file
    assert file.until is not None
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
