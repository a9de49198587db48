"""`zhanggui rules …`: the rule packs a shop goes by, switched on and off, edited and taken from a file."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def add_words(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the grammar."""
    packs = commands.add_parser("rules", help="the rule packs texts are held against")
    verbs = packs.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="which there are, of when, from which article, and whether they are on")
    for verb, what in (
        ("on", "switch a pack on"),
        ("off", "switch a pack off"),
        ("remove", "put a pack of yours away"),
    ):
        verbs.add_parser(verb, help=what).add_argument("name", metavar="NAME")
    newer = verbs.add_parser("update", help="take a pack from a file, in place of the one of its name or beside it")
    newer.add_argument("file", type=Path, metavar="FILE")
    edit = verbs.add_parser("save", help="write a pack into a file, to be edited and taken in again")
    edit.add_argument("name", metavar="NAME")
    edit.add_argument("file", type=Path, metavar="FILE")


def run(call: Call) -> None:
    """Carry out one verb."""
    from desktop_app.tasks import rule_packs  # late: the words of the commands come before anything heavy

    wishes = call.wishes
    with call.shop() as shop:
        if wishes.verb == "list":
            own = rule_packs.own(shop)
            for name, pack, on in rule_packs.listed(shop):
                head = f"{name}\t{_('on') if on else _('off')}\t{pack.name}"
                text = "\t".join(filter(None, (head, pack.jurisdiction, pack.date, pack.source)))
                call.show.event(
                    "rules", text, pack=name, name=pack.name, on=on, jurisdiction=pack.jurisdiction, date=pack.date,
                    language=pack.language, source=pack.source, count=pack.count, kind=pack.kind, own=name in own,
                )  # fmt: skip
            return
        if wishes.verb == "save":
            rule_packs.save(shop, wishes.name, wishes.file)
            said = _("{name} was written to {path}.", name=wishes.name, path=str(wishes.file))
            call.show.event("done", said, path=str(wishes.file))
            return
        if wishes.verb == "update":
            action, pack = rule_packs.take(shop, wishes.file)
            said = _("{name} of {date} holds now.", name=pack.name, date=pack.date)
        elif wishes.verb == "remove":
            action, said = rule_packs.remove(shop, wishes.name), _("{name} was put away.", name=wishes.name)
        else:
            on = wishes.verb == "on"
            action = rule_packs.switch(shop, wishes.name, on=on)
            said = _("{name} is on.", name=wishes.name) if on else _("{name} is off.", name=wishes.name)
    call.show.event("done", f"{said} " + _("Action {id}.", id=action.id), action=action.id)
