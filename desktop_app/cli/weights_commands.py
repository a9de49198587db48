"""`zhanggui weights …`: what is here, what is recommended, fetching, adding, looking at and removing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app import settings, weights
from desktop_app.records import Loading, Progress, Weights
from desktop_app.tasks import connections, fetch_weights, weights_on_hand
from desktop_app.weights import catalogue
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def run(call: Call) -> None:
    """Carry out one verb."""
    wishes = call.wishes
    if wishes.verb == "list":
        _list(call)
    elif wishes.verb == "check":
        _show(call, weights.read_header(wishes.file))
    elif wishes.verb == "add":
        for event in weights.add(wishes.file, copy=not wishes.in_place, stop=call.stop):
            _follow(call, event)
    elif wishes.verb == "get":
        _get(call)
    elif wishes.verb == "update-list":
        taken = catalogue.take(wishes.file)
        date = taken.date.isoformat()
        call.show.event("catalogue", _("The list of recommended weights is of {date} now.", date=date), date=date)
    else:
        weights.remove(wishes.name)
        call.show.event("removed", _("{name} is off this machine.", name=wishes.name), name=wishes.name)


def _list(call: Call) -> None:
    if not call.wishes.recommended:
        for found in weights.installed():
            _show(call, found)
        return
    offered = fetch_weights.choices(with_cards=weights_on_hand.cards())
    call.show.note(_("Recommended on {date}; nothing is fetched before you ask.", date=offered.date))
    fits = {"yes": _("fits here"), "tight": _("tight here"), "no": _("too large for this machine")}
    for choice in offered.choices:
        one = choice.weights
        seen, pace = fits[choice.outlook.fits], choice.outlook.pace
        if pace is not None and choice.outlook.fits != "no":
            seen += ", " + _("100 texts in about {minutes} min", minutes=max(1, round(pace.seconds / 60)))
        text = f"{one.name}\t{one.size / 1e9:.1f} GB\t{one.licence}\t{','.join(one.languages)}\t{seen}"
        call.show.event(
            "recommended", text, name=one.name, repository=one.repository, file=one.file, size=one.size,
            licence=one.licence, languages=list(one.languages), fits=choice.outlook.fits, needs=choice.outlook.needs,
            seconds_for_100=round(pace.seconds) if pace is not None else None,
            arrived=choice.arrived.done if choice.arrived else 0,
        )  # fmt: skip


def _get(call: Call) -> None:
    offer = fetch_weights.offer_named(call.wishes.name)
    connections.watch()
    before = connections.made()
    try:
        for event in fetch_weights.fetch(call.settings, offer, call.stop):
            _follow(call, event)
    finally:
        now = settings.load()
        settings.save(replace(now, connections=now.connections + connections.made() - before))


def _follow(call: Call, event: Loading | Progress | Weights) -> None:
    if isinstance(event, Progress):
        share = f"{event.done / event.total:.0%}" if event.total else ""
        call.show.progress(f"{event.what} {event.done / 1e6:,.0f} MB {share}")
    elif isinstance(event, Weights):
        _show(call, event)


def _show(call: Call, found: Weights) -> None:
    text = f"{found.name}\t{found.kind}\t{found.size / 1e6:.0f} MB\t{','.join(found.languages)}\t{found.path}"
    call.show.event(
        "weights", text, name=found.name, path=found.path, sha256=found.sha256, kind=found.kind,
        languages=list(found.languages), size=found.size, licence=found.licence, architecture=found.architecture,
        context=found.context, quantisation=found.quantisation, starter=found.starter,
    )  # fmt: skip
