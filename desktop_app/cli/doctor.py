"""`zhanggui doctor`: what this machine has, what was found, what to do, in plain words."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

from desktop_app import __version__, paths, weights
from desktop_app.cli.show import Show
from desktop_app.errors import UserError
from desktop_app.settings import Settings
from desktop_app.tasks import calibrate, engines, machine, server, tuned
from desktop_app.words import _


def show(show: Show, settings: Settings, shop_file: Path | None) -> None:
    """Print a line for each thing looked at: fine, or what to do."""
    found = machine.look()
    _say(
        show,
        "program",
        True,
        f"zhanggui {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}",
    )
    _say(
        show,
        "processor",
        True,
        _(
            "{n} cores, {free:.1f} of {total:.1f} GB of memory free",
            n=found.cores,
            free=found.free_gb,
            total=found.total_gb,
        ),
    )
    free = shutil.disk_usage(paths.data()).free / 1e9
    _say(
        show,
        "disk",
        free > 1,
        _("{free:.0f} GB free where the shop is kept", free=free),
        _("Less than 1 GB is free: make room before you import."),
    )
    shop = shop_file or paths.default_shop()
    _say(show, "shop", True, str(shop) if shop.exists() else _("{path} (made when you first import)", path=shop))
    _graphics(show, settings)
    _server(show, settings)
    _weights(show, settings)
    display = sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    _say(
        show,
        "display",
        display,
        _("a display is here"),
        _("No display here: the window cannot open; the commands work."),
    )


def _graphics(show: Show, settings: Settings) -> None:
    found = machine.devices()
    cards = ", ".join(f"{device.name} ({device.total / 1e9:.0f} GB)" for device in found.cards)
    measured = _measured(settings)
    if found.failed:
        text = _("The graphics driver failed while it was looked at; the processor writes.")
    elif not found.able:
        text = _(
            "The processor writes: this build of llama.cpp knows no graphics card. The installed program has one "
            "(Vulkan, on a Mac Metal); from source see “Graphics cards” in the README."
        )
    elif not cards:
        text = _("The processor writes; no graphics card with a working driver was found.")
    elif measured is None:
        text = _("{cards} found; whether it writes faster is measured by `zhanggui bench`.", cards=cards)
    elif measured.layers:
        text = _("{cards}: {layers} of {of} layers of the weights lie there.",
                 cards=cards, layers=measured.layers, of=measured.of)  # fmt: skip
    else:
        text = _("{cards} found; the processor alone writes faster here.", cards=cards)
    _say(show, "graphics", not found.failed, text, text)
    if measured is not None:
        _say(show, "measured", True, calibrate.words(measured))


def _measured(settings: Settings) -> tuned.Tuned | None:
    try:
        found = engines.chosen_weights(settings)
    except UserError:
        return None
    return tuned.known(Path(found.path)) if found is not None and Path(found.path).is_file() else None


def _server(show: Show, settings: Settings) -> None:
    if server.is_on(settings):
        away = server.goes_to(settings)
        _say(show, "server", True, _("Texts are written by the server at {address}.", address=settings.server)
             + (" " + _("What is written about is sent to {host}", host=away) if away else ""))  # fmt: skip


def _weights(show: Show, settings: Settings) -> None:
    try:
        writing = engines.chosen_weights(settings)
    except UserError as error:
        _say(show, "writing", False, "", str(error))
    else:
        nothing = _(
            "No writing weights: run `make setup`, or bring a .gguf file with `zhanggui weights add FILE`. "
            "Texts from the facts alone work without."
        )
        _say(
            show,
            "writing",
            writing is not None,
            f"{writing.name} ({', '.join(writing.languages)})" if writing else "",
            nothing,
        )
    meaning = weights.starter("meaning")
    _say(
        show,
        "meaning",
        meaning is not None,
        meaning.name if meaning else "",
        _("No weights for meaning: run `make setup`."),
    )


def _say(show: Show, what: str, fine: bool, text: str, otherwise: str = "") -> None:
    show.event(
        "doctor",
        f"{'✓' if fine else '!'} {text if fine else otherwise}",
        what=what,
        fine=fine,
        text=text if fine else otherwise,
    )
