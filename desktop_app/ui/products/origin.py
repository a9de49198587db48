"""Who wrote a text, and who would write the next one, in words."""

from __future__ import annotations

from desktop_app.records import Draft, Wishes
from desktop_app.review_records import review_of
from desktop_app.ui import describing
from desktop_app.ui.desk import Desk
from desktop_app.words import _, several


def provenance(draft: Draft) -> str:
    """Say where a text came from."""
    if draft.source == "merchant":
        return _("In your own words")
    if draft.source == "plain" and review_of(draft.field) is not None:
        return _("From the review, the facts and your own rules")
    if draft.source == "plain" and draft.field == "reviews":
        return _("From the reviews as they were counted")
    if draft.source == "plain":
        if draft.refused and draft.weights:
            return _("From the facts alone: what {name} wrote did not agree with them", name=draft.weights)
        return _("From the facts alone")
    whole = draft.source == "weights"
    counted = draft.field == "reviews"
    said = _("Written by {name} on this laptop") if whole else (
        _("Written by {name} and from the reviews as they were counted") if counted else
        _("Written by {name} and from the facts"))  # fmt: skip
    said = said.format(name=draft.weights)
    if draft.refused:
        taken = several("{count} sentence was written anew", "{count} sentences were written anew", draft.refused)
        said = f"{said} · {taken}"
    return said


def writer_hint(desk: Desk, wishes: Wishes) -> str:
    """Say, before anything is written, who would write it where that is not the weights one sees below."""
    from desktop_app import weights

    if desk.weights is None or wishes.writer == "plain" or weights.can_write(desk.weights, wishes.language):
        return ""
    spoken = {"zh": _("Chinese"), "en": _("English")}.get(wishes.language, wishes.language)
    return _(
        "{name} cannot write {language} well: the text is built from the facts alone. Weights that can are named on "
        "the Weights page.", name=desk.weights.name, language=spoken,
    )  # fmt: skip


def text_hint(desk: Desk, *, bare: bool) -> str:
    """Say what stands in the way of a good text: nothing is known of the product (``bare``), or who would write it."""
    if bare:
        return _("Nothing is known of this product yet. Add a fact or two first: a text says only what facts carry.")
    return writer_hint(desk, describing.wishes(desk))
