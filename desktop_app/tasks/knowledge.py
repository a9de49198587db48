"""What the shop knows: brought in from files, typed, mined; read again when a file changed; gaps answered."""

from __future__ import annotations

from desktop_app.errors import UserError
from desktop_app.knowledge_records import Passage, Source
from desktop_app.language.tongue import language_of
from desktop_app.shop import Shop
from desktop_app.words import _


def add_policy(
    shop: Shop, *, text: str, question: str = "", valid_from: str = "", valid_to: str = "", gap: int | None = None
) -> int:
    """Keep an answer or policy that was typed; where it answers a gap, that is settled with it. Return the passage."""
    if not text.strip():
        raise UserError("There are no words to keep. Nothing was changed.")
    with shop.act("Add to the knowledge: {title}", title=(question or text)[:60]):
        known = next((s for s in shop.knowledge_sources() if s.kind == "policy" and not s.path), None)
        source = known.id if known else shop.add_knowledge_source(Source(_("Typed here"), "policy"))
        passage = Passage(text.strip(), question.strip(), language_of(text), source=source, start=0,
                          valid_from=valid_from, valid_to=valid_to)  # fmt: skip
        (id,) = shop.add_passages([passage])
        if gap is not None:
            shop.set_gap(gap, "answered", id)
    return id
