"""Sentences on a member's account: what is owed, since when, and the interest."""

from collections.abc import Iterator

from subsim.answers.account import Account
from subsim.basics.texts import Message


def account_words(account: Account) -> Iterator[Message]:
    """What is owed as the day ends, what of it is overdue and since when, and the interest so far."""
    day, owed = account.date, account.owed
    if owed > 0:
        yield Message("Owed already on {day}: {amount:kr}", day=day, amount=owed)
        if account.overdue == owed:
            words = _ALL_OVERDUE[account.several_overdue]
            yield words.fill(day=account.overdue_since)
        elif account.overdue:
            words = _SOME_OVERDUE[account.several_overdue]
            yield words.fill(amount=account.overdue, day=account.overdue_since)
        else:
            yield Message("nothing of it overdue")
    elif owed < 0:
        yield Message("On {day} the member has a credit of {amount:kr}", day=day, amount=-owed)
    else:
        yield Message("Nothing is owed on {day}", day=day)
    yield from _interest(account)


_ALL_OVERDUE = {
    False: Message("all of it overdue since {day}"),
    True: Message("all of it overdue, the oldest since {day}"),
}
_SOME_OVERDUE = {
    False: Message("{amount:kr} of it overdue since {day}"),
    True: Message("{amount:kr} of it overdue, the oldest since {day}"),
}
"""What is said of what is overdue, by whether it fell due on several days."""


def _interest(account: Account) -> Iterator[Message]:
    if account.interest is None:
        yield Message("the interest so far cannot be told: a reference rate is lacking")
    elif account.interest:
        yield Message("{amount:kr} interest so far, apart", amount=account.interest)
