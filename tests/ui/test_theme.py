from __future__ import annotations

from dataclasses import fields

import pytest

from desktop_app.ui import icons, theme


@pytest.mark.parametrize("roles", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", theme.TEXT_PAIRS, ids="-on-".join)
def test_every_text_can_be_read_on_every_ground_it_stands_on(roles: theme.Roles, pair: tuple[str, str]) -> None:
    assert theme.contrast(getattr(roles, pair[0]), getattr(roles, pair[1])) >= 4.5


@pytest.mark.parametrize("roles", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("pair", theme.CONTROL_PAIRS, ids="-on-".join)
def test_every_control_can_be_told_from_its_ground(roles: theme.Roles, pair: tuple[str, str]) -> None:
    assert theme.contrast(getattr(roles, pair[0]), getattr(roles, pair[1])) >= 3


def test_contrast_is_what_the_standard_says() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_light_and_dark_name_the_same_roles_and_differ_in_each() -> None:
    same = [f.name for f in fields(theme.Roles) if getattr(theme.LIGHT, f.name) == getattr(theme.DARK, f.name)]
    assert same == []


def test_the_window_wears_the_colours_that_were_chosen(qapp: object) -> None:
    theme.theme.use("dark")
    assert theme.theme.dark
    assert theme.theme.colour("surface").name() == theme.DARK.surface
    theme.theme.use("light")
    assert not theme.theme.dark


@pytest.mark.parametrize("scale", icons.SCALES)
def test_an_icon_is_drawn_for_each_scale_in_the_colour_of_its_role(qapp: object, scale: float) -> None:
    theme.theme.use("light")
    drawn = icons.pixmap("house", "accent", 16, scale)
    assert drawn.width() == round(16 * scale)
    image = drawn.toImage()
    inks = {image.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())
            if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
    assert theme.LIGHT.accent in inks


def test_a_call_into_qt_costs_no_reference_to_none(qapp: object) -> None:
    """PySide6 6.12.0 dropped one with every call under Python 3.11, until the program ended."""
    import sys

    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _turn in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100
