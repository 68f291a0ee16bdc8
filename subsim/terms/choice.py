"""The choice of the terms under which a question is asked: the profile, single readings and numbers."""

from collections.abc import Mapping
from typing import TypeVar

from attrs import Factory, evolve

from subsim.basics.dates import Day
from subsim.basics.json_object import JsonObject, Key
from subsim.basics.values import frozen
from subsim.terms.law_points import split
from subsim.terms.readings import ProfileName, with_choices
from subsim.terms.readings import profile as readings_of
from subsim.terms.terms import NUMBERS, Numbers, Terms, with_numbers

V = TypeVar("V")
MOST_OF_A_POLICY = 3660
"""The largest number that may replace one of a policy's."""


def _is_of_a_policy(name: str) -> bool:
    return "." in name


def _written_numbers(numbers: Mapping[str, int]) -> dict[str, int | str]:
    """The numbers as JSON has them: amounts with two decimals."""
    return {name: value if _is_of_a_policy(name) else NUMBERS[name].write(value) for name, value in numbers.items()}


@frozen(kw_only=True)
class TermsChoice(JsonObject):
    """What a file chooses, or what a question chooses on top of its file.

    `readings` are by contested point, of the contract, of the law, or of a privacy policy; `numbers` by name, amounts
    in øre. The names of a policy have a prefix: `dpa2018.some-point`.
    """

    profile: ProfileName | None = None
    readings: Mapping[str, str] = Factory(dict)
    numbers: Mapping[str, int] = Factory(dict)

    def over(self, file: "TermsChoice") -> "TermsChoice":
        """This choice on top of that of a file: a name that both choose is taken from here.

        A profile chosen here replaces all readings of the file, except those of law points, which no profile has.
        """
        of_file = file.readings if self.profile is None else split(file.readings)[1]
        return TermsChoice(
            profile=self.profile or file.profile,
            readings={**of_file, **self.readings},
            numbers={**file.numbers, **self.numbers},
        )

    def without_policy(self) -> "TermsChoice":
        """This choice without the names of privacy policies, on which no answer about cancelling depends."""
        return evolve(self, readings=_of_contract(self.readings), numbers=_of_contract(self.numbers))

    @property
    def profile_name(self) -> ProfileName:
        """The profile chosen, or the standard one."""
        return self.profile or "standard"

    def terms(self, reference_rates: dict[Day, int]) -> Terms:
        """The terms of the contract under this choice; `reference_rates` as `Terms` takes them."""
        return Terms(
            numbers=with_numbers(Numbers(), _of_contract(self.numbers)),
            readings=with_choices(readings_of(self.profile_name), _of_contract(split(self.readings)[0])),
            reference_rates=reference_rates,
        )

    @property
    def law_readings(self) -> dict[str, str]:
        """The readings of law points."""
        return split(self.readings)[1]

    @property
    def policy_readings(self) -> dict[str, str]:
        """The readings of points of policies."""
        return {name: reading for name, reading in self.readings.items() if _is_of_a_policy(name)}

    @property
    def policy_numbers(self) -> dict[str, int]:
        """The numbers of policies."""
        return {name: value for name, value in self.numbers.items() if _is_of_a_policy(name)}

    KEYS = (
        Key("profile", "the profile chosen"),
        Key("readings", "the single readings chosen, by contested point"),
        Key("numbers", "the numbers chosen, by name", write=_written_numbers, kind=dict[str, int | str]),
    )


OWN_TERMS = TermsChoice()
"""The empty choice: the terms of the file as they are."""


def _of_contract(given: Mapping[str, V]) -> dict[str, V]:
    return {name: value for name, value in given.items() if not _is_of_a_policy(name)}
