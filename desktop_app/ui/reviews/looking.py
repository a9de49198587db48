"""What the panel of reviews shows, read from the shop: counted, summed up, and the first of the reviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop_app.tasks import review_desk
from desktop_app.tasks.review_desk import ReviewDesk, Reviewed
from desktop_app.tasks.review_index import targets
from desktop_app.ui.reviews.panel import AT_ONCE, Seen
from desktop_app.ui.reviews.texts import at_a_glance
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.review_records import Theme
    from desktop_app.shop import Shop


def seen_of(
    shop: Shop, columns: ReviewDesk, row_: Reviewed, look: review_desk.Look, *, many: int, pinned: int | None = None,
    language: str = "en",
) -> Seen:  # fmt: skip
    """Return all that the panel shows: counted, summed up, and the first ``many`` reviews, the pinned one first."""
    from desktop_app.tasks.review_mismatches import Mismatch, mismatches
    from desktop_app.tasks.summarise_reviews import summary_of

    ids = list(look.ids[:many])
    if pinned is not None and pinned not in ids:
        ids.insert(0, pinned)
    shown = at_a_glance(columns.shown(shop, ids), many / AT_ONCE)
    index = columns.index(shop)
    single = row_.product is not None and row_.product > 0
    plain = not (look.asked.theme or look.asked.mark or look.asked.aside)
    summary, against = None, list[Mismatch]()
    if single and plain:  # neither depends on the filter, so both are made once
        number = row_.product or 0
        summary = columns.once(shop, ("summary", number, language),
                               lambda: summary_of(shop, index, columns.version, number, language))  # fmt: skip
        against = columns.once(shop, ("against", number, language), lambda: mismatches(shop, columns, number, language))
    doubtful = {r.id or 0: r.doubtful for r, _u in shown if r.doubtful}
    wanted = {p for some in doubtful.values() for p in some}
    wanted |= {r.product for r, _u in shown if r.product} if not single else set()
    titles = {r.id: r.title for r in shop.rows(sorted(wanted))}
    choices = {id: [(p, titles.get(p, "…")) for p in some] for id, some in doubtful.items()}
    themes = shop.themes()
    return Seen(row_, look, shown, summary, targets(themes), choices, titles if not single else {}, pinned,
                against, _changed(themes, index.name, language))  # fmt: skip


def _changed(themes: Sequence[Theme], name: Any, language: str) -> tuple[tuple[str, str], ...]:
    """Put what the merchant said of themes into words that offer to take it back."""
    found = []
    for theme in themes:
        called = name(theme.key, language)
        if theme.into:
            found.append((theme.key, _("Take “{name}” apart again", name=called)))
        elif theme.hidden:
            found.append((theme.key, _("Show “{name}” again", name=called)))
        elif theme.words:
            found.append((theme.key, _("Forget the theme “{name}”", name=called)))
        else:
            found.append((theme.key, _("Give “{name}” its first name back", name=called)))
    return tuple(found)
