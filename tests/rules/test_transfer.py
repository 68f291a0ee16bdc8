from tests.support.story import ANNA, story


def test_the_member_may_not_transfer_the_agreement() -> None:
    assert story(ANNA, "2020-02-01 transfer").refused == ["2020-02-01 transfer overdragelse.1"]


def test_nor_one_subscription_of_it() -> None:
    told = story(ANNA, "2020-02-01 transfer subscription: main")
    assert told.refused == ["2020-02-01 transfer overdragelse.1"]


def test_a_refused_transfer_leaves_the_subscription_as_it_was() -> None:
    told = story(ANNA, "2020-02-01 transfer", until="2020-04-15")
    assert (told.states, told.totals["charged"]) == (["2020-01-15 bound"], "894.00")


def test_after_the_end_it_is_refused_under_the_same_clause() -> None:
    told = story(ANNA, "2020-01-20 withdraw", "2020-02-01 transfer")
    assert told.refused == ["2020-02-01 transfer overdragelse.1"]
