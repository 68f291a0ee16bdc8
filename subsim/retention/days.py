"""The date arithmetic of policies: periods, ends of years, yearly days, and days on which no period ends."""

from subsim.basics.dates import Day, days_after, last_day_of_month, months
from subsim.basics.working_days import is_public_holiday, is_weekend, is_working_day
from subsim.retention.schedule import ANSWER_MONTHS, CLOSED_DAYS, UNDUE_DELAY, Active, Schedule


def after_period(day: Day, rule: Active) -> Day:
    """The day after the months and then the days of a rule; months are clipped to the last day of a month."""
    return days_after(months(day, rule.months), rule.days)


def year_end(day: Day, kind: str, schedule: Schedule) -> Day:
    """The last day of the calendar or financial year of a day; a setting gives the last month of the financial year."""
    if kind == "calendar_year":
        return Day(day.year, 12, 31)
    month = int(schedule.settings.get("financial_year_ends") or 12)
    end = last_day_of_month(day.year, month)
    return end if day <= end else last_day_of_month(day.year + 1, month)


def limit_after(day: Day, rule: Active, schedule: Schedule) -> Day | None:
    """The last day of a limit that runs from a day; None where the reading names none."""
    if rule.rule.from_end_of:
        day = year_end(day, rule.rule.from_end_of, schedule)
    due = after_period(day, rule)
    return due if rule.rule.span is None else due_without_delay(due, schedule)


def kept_until(day: Day, rule: Active, schedule: Schedule) -> Day:
    """The first day after a minimum that runs from a day; after the end of a year it is a day later."""
    if rule.rule.from_end_of:
        return days_after(after_period(year_end(day, rule.rule.from_end_of, schedule), rule), 1)
    return after_period(day, rule)


def due_without_delay(day: Day, schedule: Schedule) -> Day | None:
    """The last day to erase after a withdrawal of this day; None where no day can be named."""
    match schedule.reading(UNDUE_DELAY):
        case "at-once":
            return day
        case "no-date":
            return None
        case "one-month":
            return next_open_day(months(day, schedule.numbers[ANSWER_MONTHS]), schedule)
        case other:
            raise AssertionError(f"no rule for the reading {other} of {UNDUE_DELAY}")


def next_open_day(day: Day, schedule: Schedule) -> Day:
    """The day itself, or the first after it on which a period may end (Regulation 1182/71, article 3)."""
    customary = schedule.reading(CLOSED_DAYS) == "customary"
    while not (is_working_day(day) if customary else not (is_weekend(day) or is_public_holiday(day))):
        day = days_after(day, 1)
    return day


def next_yearly_day(day: Day, yearly: str) -> Day:
    """The first day `MM-DD` of a year on or after a day; 29 February is the 28th in other years."""
    for year in (day.year, day.year + 1):
        month, number = (int(part) for part in yearly.split("-"))
        there = min(Day(year, month, 1).replace(day=min(number, last_day_of_month(year, month).day)), Day.max)
        if there >= day:
            return there
    raise AssertionError
