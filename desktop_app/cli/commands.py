"""The commands of the terminal; each runs the same task as the window and shows its events."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from desktop_app import paths
from desktop_app.cli import (
    bench_command,
    demo,
    doctor,
    export_commands,
    insight_commands,
    job_commands,
    message_commands,
    order_commands,
    password_command,
    price_commands,
    product_commands,
    reply_commands,
    review_commands,
    rule_commands,
    sell_command,
    shop_commands,
    support_commands,
    weights_commands,
)
from desktop_app.cli.finding_words import FOUND, kind_of
from desktop_app.cli.show import Show
from desktop_app.cli.writing import show_described, show_draft
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.records import JobChoice, Wishes
from desktop_app.settings import Settings
from desktop_app.shop import Shop
from desktop_app.tasks import describe as describing
from desktop_app.tasks import (
    drafts,
    engines,
    history,
    products,
    shops,
)
from desktop_app.words import _


@dataclass(frozen=True, slots=True)
class Call:
    """One command: its words, the settings, the stop signal and where to show things."""

    wishes: Namespace
    settings: Settings
    stop: threading.Event
    show: Show

    @contextmanager
    def shop(self) -> Iterator[Shop]:
        """Open the shop file named (or one's own), made first where there is none."""
        path = self.wishes.shop or paths.default_shop()
        password_command.ask_if_locked(path)
        shop = shops.open_or_new(path)
        try:
            yield shop
        finally:
            shop.close()

    @contextmanager
    def engine(self) -> Iterator[Engine | None]:
        """Give the engine for ``--weights`` or the chosen weights; it starts when it is first asked."""
        chosen = self.wishes.weights
        settings = replace(self.settings, weights=str(chosen)) if chosen else self.settings
        engine = engines.engine_for(settings)
        try:
            yield engine
        finally:
            if engine is not None:
                engine.close()


def import_(call: Call) -> None:
    """Bring files into the shop, each as one action."""
    mapping = [_pair(text) for text in call.wishes.map] or None
    if not call.wishes.files and not (call.wishes.what == "knowledge" and call.wishes.approved):
        raise UserError("Name a file to bring in.")
    if call.wishes.what == "orders":
        order_commands.import_orders(call, mapping or ())
        return
    if call.wishes.what == "reviews":
        review_commands.import_reviews(call, mapping or [])
        return
    if call.wishes.what == "messages":
        message_commands.import_messages(call, mapping or ())
        return
    if call.wishes.what == "knowledge":
        reply_commands.import_knowledge(call, mapping or ())
        return
    product_commands.import_products(call, mapping)


def _pair(text: str) -> tuple[str, str]:
    column, equals, field = text.rpartition("=")
    if not equals or not column or not field:
        raise UserError("--map takes COLUMN=FIELD, for example --map 名称=title; “{text}” is not that.", text=text)
    return column, field


def describe(call: Call) -> None:
    """Write texts for products."""
    wishes = call.wishes
    with call.shop() as shop, call.engine() as engine:
        wanted = Wishes(
            field=wishes.field, language=wishes.language or str(shop.setting("language", "en")), tone=wishes.tone,
            length=wishes.length, channel=wishes.channel, writer=wishes.writer, seed=wishes.seed,
        )  # fmt: skip
        if wishes.stale:
            job_commands.describe_stale(call, shop, engine, wanted)
            return
        if wishes.all or wishes.missing:
            ids = list(shop.search(text="missing" if wishes.missing else None, sort="title"))
        else:
            ids = list(dict.fromkeys(products.find_one(shop, name) for name in wishes.products))
        if not ids and not wishes.missing:
            raise UserError(
                "Name a product (SKU, handle or id:N), or use --missing, --stale or --all. Nothing was written."
            )
        if len(ids) != 1 or wishes.all or wishes.missing:
            choice: JobChoice = "missing" if wishes.missing else "all" if wishes.all else ""
            job_commands.describe_many(call, shop, engine, ids, wanted, choice)
            return
        for event in describing.describe(shop, engine, call.stop, products=ids, wishes=wanted):
            show_described(call.show, event, alone=True)


def check(call: Call) -> int:
    """Hold a text against a product's facts; with --strict, status 3 says that something was found."""
    from desktop_app.tasks import check as checking

    with call.shop() as shop:
        product = products.find_one(shop, call.wishes.product)
        findings = checking.check(shop, product, call.wishes.text, language_of_text=call.wishes.language)
    text = "\n".join(f"{f.start}–{f.end} “{f.text}” ({kind_of(f.kind)}): {f.why}" for f in findings)
    call.show.event("checked", text or _("Nothing to object to."), findings=[asdict(f) for f in findings])
    return FOUND if findings and call.wishes.strict else 0


def list_drafts(call: Call) -> None:
    """Show drafts, newest first."""
    with call.shop() as shop:
        status = None if call.wishes.status == "all" else call.wishes.status
        product = products.find_one(shop, call.wishes.product) if call.wishes.product else None
        found = shop.drafts(status=status, product=product)
        for draft in found:
            show_draft(call.show, draft, "draft")
    if not found:
        call.show.note(_("No drafts."))


def approve(call: Call) -> None:
    """Approve drafts by number, or all that wait."""
    _decide(call, drafts.approve, "approved")


def reject(call: Call) -> None:
    """Reject drafts by number, or all that wait."""
    _decide(call, drafts.reject, "rejected")


def _decide(call: Call, task: Callable[..., object], event: str) -> None:
    with call.shop() as shop:
        if call.wishes.all:
            ids = [d.id for d in shop.drafts(status="new") if d.id is not None]
        else:
            ids = [_number(text) for text in call.wishes.ids]
        action = task(shop, ids)
        call.show.event(event, f"{action.name}. " + _("Action {id}.", id=action.id), drafts=ids, action=action.id)  # type: ignore[attr-defined]


def _number(text: str) -> int:
    if not text.removeprefix("id:").isdecimal():
        raise UserError("“{text}” is not the number of a draft; `zhanggui drafts` lists them.", text=text)
    return int(text.removeprefix("id:"))


def actions(call: Call) -> None:
    """List what was done, newest first."""
    with call.shop() as shop:
        for a in shop.actions(call.wishes.limit):
            mark = _("undone") if a.undone else ""
            call.show.event(
                "action", f"{a.id}\t{a.when}\t{a.name}\t{mark}", action=a.id, name=a.name, when=a.when, undone=a.undone
            )


def undo(call: Call) -> None:
    """Take back the last actions, or one and all after it."""
    with call.shop() as shop:
        if call.wishes.to is not None:
            for action in shop.would_undo(call.wishes.to):
                call.show.note(_("will undo: {id} {name}", id=action.id, name=action.name))
            done = history.undo_to(shop, call.wishes.to)
        else:
            done = history.undo(shop, call.wishes.steps)
    for action in done:
        call.show.event("undone", _("Undone: {name}", name=action.name), action=action.id, name=action.name)


def redo(call: Call) -> None:
    """Bring back what was undone."""
    with call.shop() as shop:
        done = history.redo(shop, call.wishes.steps)
    for action in done:
        call.show.event("redone", _("Done again: {name}", name=action.name), action=action.id, name=action.name)


def evaluate(call: Call) -> None:
    """Score this installation on a labelled file."""
    from desktop_app.tasks import evaluate as scoring

    wishes = call.wishes
    if wishes.task in {"forecast", "recommend"}:
        insight_commands.evaluate_sales(call, [_pair(text) for text in wishes.map])
        return
    if wishes.task in {"sentiment", "aspects"}:
        review_commands.evaluate(call)
        return
    if wishes.task in support_commands.TASKS:
        support_commands.evaluate(call)
        return
    if wishes.task == "perplexity":
        bench_command.show_perplexity(call)
        return
    found = scoring.evaluate_facts(
        call.stop, path=wishes.file, attributes=wishes.attributes, text=wishes.text, language=wishes.language
    )
    for event in found:
        if isinstance(event, scoring.Score):
            text = ", ".join(f"{name} {value}" for name, value in event.metrics.items())
            call.show.event("score", f"{event.task}, {event.n}: {text}", **asdict(event))
        elif wishes.rows:
            call.show.event("row", f"{event.n}\t" + "; ".join(event.predicted), label="", **asdict(event))


def show_doctor(call: Call) -> None:
    """Say what this machine has."""
    doctor.show(call.show, call.settings, call.wishes.shop)


def show_demo(call: Call) -> None:
    """Run the sample shop end to end."""
    with call.engine() as engine:
        demo.run(call.show, engine, call.stop, call.wishes.shop)


def password(call: Call) -> None:
    """Put a password on the shop file, change it, or take it off."""
    password_command.change(call.wishes.shop or paths.default_shop(), call.show, remove=call.wishes.remove)


COMMANDS: dict[str, Callable[[Call], int | None]] = {
    "demo": show_demo,
    "import": import_,
    "export": export_commands.export,
    "products": product_commands.list_products,
    "prices": price_commands.prices,
    "sell": sell_command.sell,
    "reorder": shop_commands.reorder,
    "shop": shop_commands.shop,
    "describe": describe,
    "check": check,
    "rules": rule_commands.run,
    "drafts": list_drafts,
    "approve": approve,
    "reject": reject,
    "jobs": job_commands.list_jobs,
    "resume": job_commands.resume,
    "actions": actions,
    "undo": undo,
    "redo": redo,
    "password": password,
    "ask": insight_commands.ask,
    "reply": reply_commands.reply,
    "evaluate": evaluate,
    "reviews": review_commands.reviews,
    "weights": weights_commands.run,
    "bench": bench_command.show_bench,
    "doctor": show_doctor,
}
