"""Weights that could be fetched: what is said of them, fetching them beside other work, going on another day."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop_app import words
from desktop_app.ui import local, weights_words
from desktop_app.ui.longwork import Undertaking, measured
from desktop_app.ui.weights_panel import WeightsPanel
from desktop_app.ui.weights_words import Verdict
from desktop_app.ui.widgets import Button
from desktop_app.ui.widgets.buttons import Kind
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.records import Weights
    from desktop_app.ui.desk import Desk


def running(desk: Desk, offer: Any) -> Undertaking | None:
    """Return the work that fetches this offer, or None."""
    wanted = _kept(offer)
    return next((u for u in desk.work.queue if u.lane == "network" and u.left() == wanted), None)


def begin(
    desk: Desk,
    offer: Any,
    *,
    done: Callable[[Weights], object] | None = None,
    failed: Callable[[str], object] | None = None,
) -> Undertaking:
    """Fetch an offer because the merchant asked; what is under way already is not begun again."""
    now = running(desk, offer)
    if now is not None:
        return now

    def work(shop: Any, stop: Any) -> Any:
        from desktop_app.tasks import fetch_weights

        return fetch_weights.fetch(desk.settings, offer, stop)

    def arrived(result: Any) -> None:
        from desktop_app.records import Weights

        desk.count_connections()
        if isinstance(result, Weights):
            desk.said.emit(_("{name} is here.", name=result.name), False)
            if done is not None:
                done(result)

    def broke(why: str) -> None:
        desk.count_connections()
        (failed or desk.oops)(why)

    return desk.work.start(
        _("Fetching {name}", name=offer.name or offer.file), work, done=arrived, failed=broke, lane="network",
        figures=measured, left=lambda: _kept(offer),
    )  # fmt: skip


def go_on(desk: Desk, kept: dict[str, Any]) -> None:
    """Take up what a closed window left unfinished; asked for by the merchant's click."""
    from desktop_app.tasks import fetch_weights

    begin(desk, fetch_weights.offer_named(f"{kept['repository']}/{kept['file']}"))


def show(panel: WeightsPanel, choice: Any, memory: Any, run: Callable[[], object], throw: Callable[[], object]) -> None:
    """Show one recommendation: what to expect of it here, and the button that fetches it."""
    from desktop_app.tasks import fetch_weights

    weights = fetch_weights.as_weights(choice.weights)
    verdicts = weights_words.verdicts(weights, choice.outlook, memory)
    size = local.size(choice.weights.size)
    main: Kind = "" if choice.outlook.fits == "no" else "main"
    buttons: list[QWidget] = []
    if choice.arrived is not None:
        far = local.size_of(choice.arrived.done, choice.arrived.total)
        here = _("A part is here already: {far}", far=far)
        verdicts = [*verdicts, Verdict("muted", here, _("Fetching goes on from there."))]
        buttons = [Button(_("Go on fetching"), run, kind=main), Button(_("Throw the part away"), throw)]
    else:
        buttons = [Button(_("Get it ({size})", size=size), run, kind=main)]
    advice = _(
        "Fetched from {hub} when you press the button, not before. It goes on in the background, can be stopped, and "
        "goes on where it was after a cut. What arrives is proven by its checksum before it is used.",
        hub=_hub(),
    )
    said = choice.weights.said(words.language())
    told = [Verdict("muted", said), *verdicts]
    panel.show_weights(weights, told, buttons, pill=_("not here"), tone="muted", advice=advice)


def _hub() -> str:
    """Return the address that is fetched from, as people know it."""
    from desktop_app import settings, weights

    return (settings.load().hub or weights.HUB).partition("://")[2]


def take_list(desk: Desk, path: Path, then: Callable[[], object], failed: Callable[[str], object]) -> None:
    """Use a newer list of recommended weights; the one that is there stays where ``path`` holds none."""
    from desktop_app.weights import catalogue

    def taken(listed: Any) -> None:
        desk.said.emit(_("The list of recommended weights is of {date} now.", date=local.date(listed.date)), False)
        then()

    desk.look_ahead(lambda shop, stop: catalogue.take(path), done=taken, failed=failed)


def throw_away(offer: Any, then: Callable[[], object], desk: Desk) -> None:
    """Delete what arrived of an offer."""
    from desktop_app import weights

    desk.look_ahead(lambda shop, stop: weights.forget(offer), done=lambda _result: then(), failed=desk.oops)


def _kept(offer: Any) -> dict[str, Any]:
    return {"kind": "fetch", "repository": offer.repository, "file": offer.file}
