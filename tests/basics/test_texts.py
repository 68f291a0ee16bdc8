from subsim.basics.dates import Day
from subsim.basics.money import kroner
from subsim.basics.texts import Message


class Danish:
    """A language with one template of its own."""

    def translate(self, template: str) -> str:
        return {"{price:kr} from {day}": "{price:kr} fra {day}"}.get(template, template)

    def count(self, one: str, several: str, number: int) -> str:
        return one if number == 1 else several

    def day(self, day: Day) -> str:
        return f"{day.day}.{day.month}.{day.year}"

    def amount(self, amount: int) -> str:
        return kroner(amount).replace(".", ",") + " kr"

    def whole(self, number: int) -> str:
        return f"{number:,}".replace(",", ".")


def test_a_reason_names_days_as_iso_dates_and_amounts_with_two_decimals() -> None:
    reason = Message("{price:kr} from {day}", price=44700, day=Day(2020, 4, 15))
    assert str(reason) == "447.00 kr. from 2020-04-15"


def test_numbers_and_names_stand_as_they_are() -> None:
    assert str(Message("{count} days of {item}", count=30, item="{box}")) == "30 days of {box}"


def test_the_parts_of_a_reason_are_joined_by_semicolons() -> None:
    reason = Message("notice of {day}", day=Day(2020, 4, 15)) + Message("{days} days", days=30)
    assert str(reason) == "notice of 2020-04-15; 30 days"


def test_a_language_translates_the_template_and_writes_days_and_amounts_its_own_way() -> None:
    reason = Message("{price:kr} from {day}", price=44700, day=Day(2020, 4, 15))
    assert reason.text(Danish()) == "447,00 kr fra 15.4.2020"


def test_a_language_sets_thousands_apart_its_own_way() -> None:
    bound = Message("at most {bound:,} bytes", bound=1_000_000)
    assert (str(bound), bound.text(Danish())) == ("at most 1,000,000 bytes", "at most 1.000.000 bytes")


def test_a_part_that_a_language_lacks_stays_as_it_is() -> None:
    assert Message("in a trial").text(Danish()) == "in a trial"
