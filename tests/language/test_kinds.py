from __future__ import annotations

import pytest

from desktop_app.language.kinds import kind_of, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cotton bath towel", "Linen tea towel"), ("竹砧板", "木砧板 大号"), ("Straw hat", "Wool hat for kids"),
        ("Blue mug 350 ml", "Mug"), ("Silk scarf - red", "wool scarves"), ("Running shoes men size 42", "Trail running shoe"),
        ("Zorblax lamp 3000", "Oak table lamp"),
    ],
)  # fmt: skip
def test_things_of_one_kind_are_told_by_their_names(one: str, other: str) -> None:
    assert same(kind_of(one), kind_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Brass hooks, set of 4", "Washi tape, set of 5"), ("Walnut spoon", "Walnut biscuits"), ("Wool socks", "Wool throw"),
        ("Glass teapot", "Glass storage jar"), ("Linen shirt", "Linen cushion cover"), ("茶壶", "茶巾"), ("", ""),
        ("Oak serving tray", "Oak table lamp"),
    ],
)  # fmt: skip
def test_a_shared_stuff_or_number_makes_no_kind(one: str, other: str) -> None:
    assert not same(kind_of(one), kind_of(other))
