"""The long work that was not done when the window was closed, kept in the settings and offered next time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop_app import settings as store

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk


class Unfinished:
    """What was still to do, by shop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def jobs(self) -> list[dict[str, Any]]:
        """Return what was still to do when this shop was closed last."""
        desk = self._desk
        try:
            kept = json.loads(desk.settings.unfinished or "{}")
        except ValueError:
            return []
        here = desk.shop is not None and kept.get("shop") == str(desk.shop.path)
        return [job for job in kept.get("jobs", []) if job.get("kind") in desk.resumers] if here else []

    def go_on(self) -> None:
        """Take up what was unfinished, and do not offer it again."""
        jobs = self.jobs()
        self._desk.change_settings(replace(self._desk.settings, unfinished=""))
        for job in jobs:
            self._desk.resumers[job["kind"]](job)

    def keep(self) -> None:
        """Remember what is still to do, as the window is closed."""
        desk = self._desk
        left = desk.work.left_to_do()
        kept = json.dumps({"shop": str(desk.shop.path), "jobs": left}) if left and desk.shop else ""
        if kept != desk.settings.unfinished:
            desk.settings = replace(desk.settings, unfinished=kept)
            store.save(desk.settings)
