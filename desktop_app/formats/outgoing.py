"""What a product says in a file that goes out: its texts with the approved ones put in, and names nothing else has."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.formats import cells
from desktop_app.records import Product

_HIDDEN = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>", re.IGNORECASE | re.DOTALL)
_POINT = re.compile(r"<li\b[^>]*>", re.IGNORECASE)
_LINE = re.compile(r"<br\s*/?>|</(?:p|div|h\d|ul|ol|tr)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BLANK = re.compile(r"\n\s*\n")


def with_texts(product: Product, texts: Mapping[str, str]) -> Product:
    """Return the product as it goes out: the approved texts in the place of its own, other words as they came."""
    if not texts:
        return product
    title, cut, meta = texts.get("seo", "").partition("\n")
    rewritten = texts.get("description") or texts.get("bullets")
    images = product.images
    if texts.get("alt") and images:
        images = (replace(images[0], alt=texts["alt"]), *images[1:])
    return replace(
        product, title=texts.get("title") or product.title, images=images,
        description=description_of(product, texts) if rewritten else product.description,
        seo_title=(title if cut else "") or product.seo_title,
        seo_description=(meta if cut else title) or product.seo_description,
        tags=tuple(w.strip() for w in texts["keywords"].split(",")) if texts.get("keywords") else product.tags,
    )  # fmt: skip


def plain_text(text: str) -> str:
    """Return HTML as plain text with its line breaks; plain text stays as it is."""
    if not cells.is_html(text):
        return text
    lines = _LINE.sub("\n", _HIDDEN.sub("", " ".join(text.split())))
    said = html.unescape(_TAG.sub("", _POINT.sub("\n- ", lines)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in said.split("\n"))).strip()


def as_html(text: str) -> str:
    """Return plain text as paragraphs; text that is HTML already stays as it is."""
    return text if cells.is_html(text) else paragraphs(text)


def paragraphs(text: str) -> str:
    """Return plain text as escaped ``<p>`` paragraphs, single line ends as ``<br>``; nothing for nothing."""
    parts = (part.strip() for part in _BLANK.split(text.replace("\r\n", "\n")))
    return "".join(f"<p>{html.escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in parts if part)


def says_the_same(one: str, two: str) -> bool:
    """Say whether two descriptions are one text, once as HTML and once without, as formats write it."""
    if one == two:
        return True
    return bool(two.strip()) and one in {as_html(two), plain_text(two)}


def comment(metadata: str) -> str:
    """Return what a program may read in an HTML text and no reader sees; nothing for nothing."""
    return f"<!-- {metadata.replace('--', '- -')} -->" if metadata else ""


def description_of(product: Product, texts: Mapping[str, str]) -> str:
    """Return the description as HTML: the approved text or the product's own, bullet points behind it."""
    description = paragraphs(texts["description"]) if texts.get("description") else as_html(product.description)
    if texts.get("bullets"):
        items = (line.strip(" •-*\t") for line in texts["bullets"].splitlines())
        description += "<ul>" + "".join(f"<li>{html.escape(i, quote=False)}</li>" for i in items if i) + "</ul>"
    return description + (comment(texts.get("metadata", "")) if texts.get("description") else "")


def slug(text: str) -> str:
    """Return ``text`` as Shopify makes a handle of it: letters and digits of any script, hyphens between."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", "-", flat).strip("-")


def unused_handle(product: Product, handles: set[str]) -> str:
    """Return the product's handle, or one made of its name; one that is in ``handles`` gets a number, and is put in."""
    wished = product.handle or slug(product.title) or slug(product.sku) or f"product-{product.id or len(handles) + 1}"
    return unused(wished, handles)


def is_made_up(handle: str, product: Product) -> bool:
    """Say whether ``handle`` is what a file that goes out would call this product for want of a handle or code."""
    wished = product.handle or slug(product.title) or slug(product.sku) or f"product-{product.id}"
    return re.fullmatch(re.escape(wished) + r"(?:-\d+)?", handle) is not None


def unused(wished: str, taken: set[str]) -> str:
    """Return ``wished``, with a number where it is taken already, and put it in."""
    name, count = wished, 1
    while name in taken:
        count += 1
        name = f"{wished}-{count}"
    taken.add(name)
    return name
