"""What people read of a member's account: what is owed, since when, and the interest apart."""

from collections.abc import Iterator

from subsim.answers.account import Account
from subsim.basics.reasons import Because, because


def account_words(account: Account) -> Iterator[Because]:
    """What is owed as the day ends, what of it is overdue and since when, and the interest so far."""
    day, owed = account.date, account.owed
    if owed > 0:
        yield because("Owed already on {day}: {amount:kr}", day=day, amount=owed)
        if account.overdue == owed:
            yield because("all of it overdue, the oldest since {day}", day=account.overdue_since)
        elif account.overdue:
            yield because(
                "{amount:kr} of it overdue, the oldest since {day}", amount=account.overdue, day=account.overdue_since
            )
        else:
            yield because("nothing of it overdue")
    elif owed < 0:
        yield because("On {day} the member has a credit of {amount:kr}", day=day, amount=-owed)
    else:
        yield because("Nothing is owed on {day}", day=day)
    yield from _interest(account)


def _interest(account: Account) -> Iterator[Because]:
    if account.interest is None:
        yield because("the interest so far cannot be told: a reference rate is lacking")
    elif account.interest:
        yield because("{amount:kr} interest so far, apart", amount=account.interest)
