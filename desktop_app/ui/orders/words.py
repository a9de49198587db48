"""What the states of an order are called, and in which tone they are shown."""

from __future__ import annotations

from desktop_app.trade import OrderState
from desktop_app.ui.widgets.texts import Tone
from desktop_app.words import _

_TONES: dict[OrderState, Tone] = {
    "placed": "caution", "paid": "caution", "packed": "caution", "sent": "good", "delivered": "good",
    "returned": "bad", "refunded": "bad", "cancelled": "muted",
}  # fmt: skip
# What one does next with an order in a state, most often.
NEXT: dict[OrderState, OrderState] = {"placed": "paid", "paid": "packed", "packed": "sent", "sent": "delivered"}


def state(of: OrderState) -> str:
    """Return what a state is called."""
    return {
        "placed": _("Not paid"), "paid": _("Paid"), "packed": _("Packed"), "sent": _("Sent"),
        "delivered": _("Delivered"), "returned": _("Returned"), "refunded": _("Refunded"),
        "cancelled": _("Cancelled"),
    }[of]  # fmt: skip


def tone(of: OrderState) -> Tone:
    """Return the tone of a state."""
    return _TONES[of]


def step(to: OrderState) -> str:
    """Return what one does to bring an order to a state."""
    return {
        "paid": _("Mark as paid"), "packed": _("Mark as packed"), "sent": _("Mark as sent"),
        "delivered": _("Mark as delivered"), "cancelled": _("Cancel the order"), "placed": _("Mark as not paid"),
    }[to]  # fmt: skip
