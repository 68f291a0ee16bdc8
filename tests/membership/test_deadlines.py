"""What falls due by itself."""

from subsim.membership.deadlines import DEADLINES


def test_a_new_price_and_a_downgrade_are_told_by_their_reason_which_names_the_package() -> None:
    assert [name for name, row in DEADLINES.items() if row.says_reason] == [
        "price_change_takes_effect",
        "downgrade_takes_effect",
    ]
