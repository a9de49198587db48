"""What the terminal calls the kinds of findings and the states of drafts, in the language in use."""

from __future__ import annotations

from desktop_app.words import _, language

FOUND = 3  # the exit status of `check --strict` where something is found


def kind_of(kind: str) -> str:
    """Return what a kind of finding is called; in English the word that scripts know."""
    return kind if language() == "en" else _kinds().get(kind, kind)


def _kinds() -> dict[str, str]:
    return {
        "leak": _("words of a machine"), "placeholder": _("a gap"), "language": _("another language"),
        "other_product": _("another product"), "cut_off": _("cut off"), "number": _("a number"), "price": _("a price"),
        "relation": _("what belongs to what"), "contradiction": _("against the facts"),
        "superlative": _("a superlative"), "absolute": _("an absolute term"), "health": _("health and safety"),
        "eco": _("nature and environment"), "certificate": _("a certificate"), "guarantee": _("a promise"),
        "delivery": _("delivery"), "returns": _("returns"), "discount": _("a discount"), "scarcity": _("scarcity"),
        "popularity": _("popularity"), "opinion": _("what others say"), "material": _("a material"),
        "colour": _("a colour"), "origin": _("where it is from"), "scent": _("a scent"), "size": _("a size"),
        "audience": _("for whom"), "use": _("what it is for"), "care": _("how to care for it"),
        "feature": _("what it can do"), "repetition": _("said twice"), "unsupported": _("not in the facts"),
        "doubtful": _("worth a second look"),
        "count": _("how many"), "voice": _("your voice"), "banned": _("a word you avoid"), "channel": _("the channel"),
        "length": _("the length"), "personal": _("personal data"),
    }  # fmt: skip


def draft_words() -> dict[str, str]:
    """Return what states, writers and kinds of drafts are called; in English the words that scripts know."""
    if language() == "en":
        return {}
    return {
        "new": _("draft to look at"), "approved": _("approved draft"), "rejected": _("rejected draft"),
        "plain": _("from the facts"), "weights": _("by the weights"), "mixed": _("in part by the weights"),
        "merchant": _("in your own words"), "description": _("Description"), "title": _("Title"),
        "bullets": _("Bullet points"), "points": _("Selling points"), "seo": _("Search engine text"),
        "keywords": _("Search words"), "alt": _("Picture description"), "reviews": _("What customers say"),
    }  # fmt: skip
