"""What the merchant decides about marked reviews, and marking all of them again; each can be undone."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.ui import local
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.ui.desk import Desk


def decide(desk: Desk, reviews: Sequence[int], *, spam: bool) -> None:
    """Set reviews aside as advertising, or count them like the others; no rule changes that again."""

    def work(shop: Shop) -> object:
        from desktop_app.tasks import marking_reviews

        return marking_reviews.decide(shop, reviews, spam=spam)

    said = _("Kept. It is not counted as a customer’s word.") if spam else _("Kept. It counts like the others.")
    desk.do(work, said=said)


def mark_again(desk: Desk) -> None:
    """Mark every review with today's rules, in the strip at the bottom."""

    def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
        from desktop_app.tasks import marking_reviews

        yield from marking_reviews.mark_again(shop, stop)

    def done(event: Any) -> None:
        if hasattr(event, "decided"):
            desk.said.emit(told(event), event.action is not None)

    desk.work.start(_("Marking the reviews again"), work, done=done)


def told(event: Any) -> str:
    """Say what marking again changed."""
    one, many = "{count} review is marked otherwise now", "{count} reviews are marked otherwise now"
    return local.counted(several(one, many, event.changed), event.changed)
