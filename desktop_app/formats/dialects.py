"""Which shop system a table comes from, and tables of no products: by their columns alone (rules in assets)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from desktop_app.formats import headers
from desktop_app.words import _

_METAFIELD = re.compile(r"(.+?) \((product|variant)\.metafields\..+\)$|Metafield: *(.+?)(?: *\[.*\])?$", re.IGNORECASE)
_MARKET = re.compile(r"(Included|Price|Compare-at price) / .+", re.IGNORECASE)
_WOO_TYPES = {"simple", "variable", "variation", "grouped", "external", "subscription", "variable-subscription"}
_LANGUAGES = {
    "english", "chinese", "german", "french", "italian", "spanish", "portuguese", "dutch", "polish", "russian",
    "japanese", "korean", "arabic", "en", "zh", "de", "fr", "it", "es", "pt", "nl", "pl", "ru", "ja", "ko", "ar",
    "en us", "zh cn", "pt br", "translation", "translated", "original", "target",
    "英文", "中文", "翻译", "译文", "原文", "英语",
}  # fmt: skip
_GOODS = {"price", "sku", "barcode", "stock", "description", "image", "images", "vendor", "cost", "tags", "handle"}


@dataclass(frozen=True, slots=True)
class ShopifyColumn:
    """A column of Shopify's: its name in the new dialect, its role, and the value that need not be said."""

    name: str
    role: str
    default: str = ""


@cache
def shopify_columns() -> tuple[ShopifyColumn, ...]:
    """Return the columns of the new dialect in the order in which they are written."""
    listed: list[dict[str, str]] = headers.table("shopify")["column"]
    return tuple(ShopifyColumn(c["name"], c["role"], c.get("default", "")) for c in listed)


@cache
def shopify_names() -> dict[str, ShopifyColumn]:
    """Return every name of every column, old and new, in lower case."""
    known: dict[str, ShopifyColumn] = {}
    for column, listed in zip(shopify_columns(), headers.table("shopify")["column"], strict=True):
        for name in (column.name, *listed.get("old", ())):
            known[name.casefold()] = column
    return known


def shopify(names: Sequence[str]) -> str:
    """Return "shopify", "shopify-legacy" or "" for a table with these headers."""
    have = {name.casefold().strip() for name in names}
    if "title" not in have:
        return ""
    new, old = {"url handle"}, {"handle"}
    marks = {"option1 name", "product image url", "sku", "price", "published on online store", "description"}
    if new <= have and have & marks:
        return "shopify"
    marks = {
        "body (html)",
        "body html",
        "variant sku",
        "variant price",
        "option1 value",
        "image src",
        "variant inventory qty",
    }
    return "shopify-legacy" if old <= have and len(have & marks) >= 1 else ""


def shopify_roles(names: Sequence[str]) -> list[str]:
    """Return the role of each of Shopify's columns; metafields are facts, what is not known is kept for export."""
    roles = []
    for name in names:
        column = shopify_names().get(name.casefold().strip())
        field = _METAFIELD.match(name)
        if column:
            roles.append(column.role)
        elif field:
            roles.append(f"fact:{headers.readable(field[1] or field[3].rpartition('.')[2])}")
        elif _MARKET.match(name):
            roles.append("variant.extra" if not name.casefold().startswith("included") else "extra")
        else:
            roles.append(f"fact:{name}" if headers.fact_kind(name) != "free" else "extra")
    return roles


_WOO_FIELDS = {
    "title", "sku", "barcode", "price", "sale_price", "stock", "weight", "category", "tags", "image", "images",
    "vendor", "status", "description", "short_description", "parent", "id",
}  # fmt: skip


@cache
def _woo_names() -> dict[str, str]:
    listed: dict[str, list[str]] = headers.table("woocommerce")["roles"]
    return {
        re.sub(r"\b0\b", "{n}", headers.compared(name.replace("{n}", "0")).words): role
        for role, names in listed.items()
        for name in names
    }


def woocommerce_roles(names: Sequence[str]) -> list[str]:
    """Return the role of each of WooCommerce's columns, in whatever language it is written."""
    roles: list[str] = []
    for name in names:
        words = headers.compared(name).words
        number = re.search(r"\b\d+\b", words)
        role = _woo_names().get(words) or (number and _woo_names().get(words.replace(number[0], "{n}", 1)))
        role = role or _spoken_elsewhere(name, words)
        if number:
            role = role.replace("{n}", number[0])
        if role == "fact:size":
            role = f"fact:{headers.readable(name)}"
        taken = role in roles and role not in {"ignore", "extra"} and not role.startswith("fact:")
        roles.append("ignore" if taken else role)
    return roles


def _spoken_elsewhere(name: str, words: str) -> str:
    """Return the role of a column in a language or of a plugin that WooCommerce's own list does not have."""
    if role := headers.aliases().get(words):
        return ("images" if role == "image" else role) if role in _WOO_FIELDS else "ignore"
    return f"fact:{headers.readable(name)}" if headers.fact_kind(name) != "free" else "ignore"


def woocommerce(names: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Say whether this is a WooCommerce product table: its columns, and a type column that says simple, variable, …"""
    roles = woocommerce_roles(names)
    if "type" not in roles or "title" not in roles:
        return False
    signs = headers.table("woocommerce")["signs"]
    place = roles.index("type")
    types = [row[place].split(",")[0].strip().lower() for row in sample if len(row) > place and row[place].strip()]
    right = sum(1 for kind in types if kind in _WOO_TYPES)
    return len(set(roles) & set(signs["roles"])) >= signs["least"] and right * 2 >= len(types)


def known_table(names: Sequence[str]) -> tuple[str, str, dict[str, str]]:
    """Return key, label and own columns of the shop system these headers come from; empty where it is none we know."""
    have = {headers.compared(name).words for name in names}
    for dialect in headers.table("dialects")["dialect"]:
        if any(set(signs) <= have for signs in dialect["signs"]) and have & set(dialect.get("needs", have)):
            roles = {
                headers.fold(word) if "{n}" not in word and word[-1] != "*" else word: role
                for word, role in dialect.get("roles", {}).items()
            }
            return dialect["key"], dialect["label"], roles
    return "", "", {}


def refused(names: Sequence[str]) -> str:
    """Return what a table that holds no products seems to hold, in words for people; "" where it may be products."""
    have = [headers.compared(name).words for name in names]
    for rule in headers.table("dialects")["refusal"]:
        wanted, least = rule.get("any", ()), rule.get("least", 0)
        if any(_has(have, word) for word in rule.get("none", ())) or not all(
            _has(have, w) for w in rule.get("all", ())
        ):
            continue
        if sum(1 for name in have if any(_has([name], word) for word in wanted)) >= least:
            return _(rule["what"])
    return _("a translation table") if _is_translation(have) else ""


def _has(have: Sequence[str], word: str) -> bool:
    if word.startswith("~"):
        return any(part.startswith(word[1:]) for name in have for part in name.split())
    return word in have


def _is_translation(have: Sequence[str]) -> bool:
    fields = {headers.aliases().get(name) or headers.aliases().get(headers.without_prefix(name)) for name in have}
    if fields & _GOODS or not 2 <= len(have) <= 8:
        return False
    pairs = any(a != b and b.startswith(a + " ") and b.removeprefix(a + " ") in _LANGUAGES for a in have for b in have)
    named = sum(
        1
        for name in have
        if name in _LANGUAGES or name.rpartition(" ")[2] in _LANGUAGES - {"it", "es", "original", "target"}
    )
    return pairs or named >= 2


def refusal_words() -> tuple[str, ...]:
    """Return the words a refusal is said with, so that they are translated."""
    return (
        _("the variants (combinations) of products kept elsewhere"), _("customer reviews"), _("orders"), _("customers"),
        _("categories"), _("stock counts alone"),
    )  # fmt: skip
