"""Text as the search index sees it: without marks, Han and other unspaced scripts a character a word; and queries."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from desktop_app.records import Product

# Scripts written without spaces: every character is a word of its own, so that any run of them is found as a phrase.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+")
_MAYBE = re.compile("[\u0e00-\U0010ffff]+")  # one range is looked for five times as fast as many
_ENDS_UNSPACED = re.compile(f"[{_UNSPACED}]\\W*$")
_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_JOINTS = str.maketrans("", "", "-_./ ")
_ACCENTS = re.compile("[\u0300-\u036f]")
_NOT_KEPT = str.maketrans({"\0": " ", '"': " "})


def plain(text: str) -> str:
    """Return the words of an HTML text; text without markup comes back as it is."""
    if "<" in text:
        if "<s" in text or "<S" in text or "<!" in text:
            text = _HIDDEN.sub(" ", text)
        text = _TAG.sub(" ", text)
    return html.unescape(text) if "&" in text else text


def spaced(text: str) -> str:
    """Return ``text`` as it is indexed: compatibility forms folded, unspaced scripts spaced apart."""
    if text.isascii():
        return text
    return _MAYBE.sub(_apart, unicodedata.normalize("NFKC", text).casefold())


def _apart(found: re.Match[str]) -> str:
    return _RUN.sub(lambda run: f" {' '.join(run[0])} ", found[0])


def sort_key(title: str) -> bytes:
    """Return the key titles are sorted by: case and accents folded, common Han characters in the order of their pinyin.

    GB 2312 lists its 3,755 common characters by pinyin and GB 18030 keeps its codes, so its bytes sort as people read.
    """
    text = title[:80].strip().casefold()
    if text.isascii():
        return text.encode()
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    return text.encode("gb18030", "replace")


def of(product: Product) -> tuple[str, str, str, str]:
    """Return a product's words for the index: title, codes, facts (with tags, options and maker), text."""
    found = codes([code for v in product.variants for code in (v.sku, v.barcode)])
    facts = [product.vendor, product.category, *product.tags]
    facts += [value for v in product.variants for _name, value in v.options]
    for fact in product.facts:
        facts += (fact.name, fact.value, fact.unit)
    return (
        spaced(product.title),
        found,
        spaced("\n".join(dict.fromkeys(facts))),
        spaced(plain(product.description)),
    )


def codes(of: Iterable[str]) -> str:
    """Return codes as they are indexed, with and without what stands between their parts."""
    found = [code for code in of if code]
    found += [code.translate(_JOINTS) for code in found if not code.isalnum()]  # KIT0012 finds KIT-0012
    return spaced("\n".join(dict.fromkeys(found)))


def match(query: str) -> str | None:
    """Return the FTS5 expression for what a person typed, or None if it holds no letter and no digit.

    Every run without a space must be there: as a phrase where its script has no spaces, else by prefix.
    """
    found = []
    for run in unicodedata.normalize("NFKC", query[:300]).translate(_NOT_KEPT).split():
        if any(c.isalnum() for c in run):
            found.append(f'"{spaced(run).strip()}"{"" if _ENDS_UNSPACED.search(run) else " *"}')
    return " AND ".join(dict.fromkeys(found)) or None
