"""Take back what was done, and bring it back again."""

from __future__ import annotations

from desktop_app.errors import UserError
from desktop_app.records import Action
from desktop_app.shop import Shop


def undo(shop: Shop, steps: int = 1) -> list[Action]:
    """Take back the last ``steps`` actions and return them; UserError when there is nothing to take back."""
    done = shop.undo(steps)
    if not done:
        raise UserError("There is nothing to undo.")
    return done


def undo_to(shop: Shop, action: int) -> list[Action]:
    """Take back the action with this number and all after it; UserError when it is not there or already undone."""
    done = shop.undo_to(action)
    if not done:
        raise UserError("Action {action} is not there, or is already undone. Nothing was changed.", action=action)
    return done


def redo(shop: Shop, steps: int = 1) -> list[Action]:
    """Bring back the last ``steps`` undone actions; UserError when there are none."""
    done = shop.redo(steps)
    if not done:
        raise UserError("There is nothing to redo.")
    return done
