"""What a product of the shop becomes by the same product of a file: what the file says, and nothing lost by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from desktop_app import formats
from desktop_app.formats import Reading, combinations
from desktop_app.records import Change, Fact, Image, Matching, Product, Variant
from desktop_app.tasks.products import EDITABLE

_NOTHING: tuple[object, ...] = ("", (), None)
_OF_VARIANTS = ("option", "variation", "attribute", "children", "relation", "sku_props", "parent")
_WHOLE = "Variation"  # Square writes all options of a variant as one of this name


class Merger:
    """Merges the products of one file into the shop's own."""

    def __init__(self, matching: Matching, reading: Reading) -> None:
        self._matching = matching
        roles = [role for _column, role in reading.mapping]
        # What the file has no column for it does not change, though every product has a status.
        self._silent = frozenset() if {"status", "published"} & set(roles) else frozenset({"status"})
        told = [n for n, role in enumerate(roles) if role.startswith(_OF_VARIANTS)]
        self._knows_variants = any(row[n].strip() for row in reading.sample for n in told if n < len(row))
        self._own, self._etsy = reading.dialect == "zhanggui", reading.dialect == "etsy"
        self._apart = reading.dialect == "prestashop"  # variants stand in a file of their own

    def merged(self, theirs: Product, mine: Product, texts: Mapping[str, str]) -> Product:
        """Take the file's value for every field but those the merchant edited here, unless the file is to win.

        ``texts`` are the approved ones that went out in the place of its own: coming back, they are no news. A row of
        one variant of a product that has several changes that variant alone.
        """
        keep = set(mine.edited) if self._matching.wins == "mine" else set()
        if alone(theirs) and len(mine.variants) > 1 and any(v.sku == theirs.sku for v in mine.variants):
            return mine if "variants" in keep else replace(mine, variants=_with_one(theirs.variants[0], mine.variants))
        values: dict[str, object] = {}
        for name in EDITABLE:
            own, new = getattr(mine, name), getattr(theirs, name)
            # An empty cell says nothing; it does not wipe what is known.
            if name not in keep and name not in self._silent and new not in _NOTHING and new != own:
                values[name] = new
        if mine.status == "archived":
            values.pop("status", None)  # putting a product away is the merchant's decision
        if theirs.title in {theirs.sku, theirs.handle}:
            values.pop("title", None)  # the file has no name for it, so its code stands there
        for one in (mine, formats.with_texts(mine, texts)) if values else ():
            if formats.says_the_same(theirs.description, one.description):
                values.pop("description", None)
            for name in ("title", "tags", "seo_title", "seo_description"):
                if getattr(theirs, name) == getattr(one, name):
                    values.pop(name, None)
        variants = self._variants(theirs, mine) if "variants" in values else mine.variants
        if "facts" in values:
            values["facts"] = self._facts(theirs, mine, {name for v in variants for name, _value in v.options})
        if "extra" in values:
            values["extra"] = _both(mine.extra, theirs.extra)
        if "images" in values:
            values["images"] = _images(theirs.images, mine.images)
        merged = replace(mine, **(values | {"variants": variants}))  # type: ignore[arg-type]
        if self._apart and mine.variants[0].options and "variants" not in keep:
            merged = combinations.rebased(merged, mine, theirs)
        edited = () if self._matching.wins == "file" else tuple(name for name in mine.edited if name in keep)
        return replace(merged, edited=edited)

    def _variants(self, theirs: Product, mine: Product) -> tuple[Variant, ...]:
        new = theirs.variants
        if self._apart and len(new) == 1 and mine.variants[0].options:
            return mine.variants
        if len(new) == 1 and len(mine.variants) > 1 and not new[0].options and not self._knows_variants:
            # The file knows one price a product: the others, which it cannot name, stay.
            return (
                _with_one(new[0], mine.variants) if any(v.sku == new[0].sku for v in mine.variants) else mine.variants
            )
        if (
            self._etsy
            and {v.price for v in new} <= {v.price for v in mine.variants}
            and _axes(new) == _axes(mine.variants)
        ):
            return mine.variants  # Etsy's file has one price for all, and names values, not which of them go together
        return _same_variants(new, mine.variants)

    def _facts(self, theirs: Product, mine: Product, options: set[str]) -> tuple[Fact, ...]:
        """Return the shop's facts with what the file says in the place of what it said before.

        A fact the file says again keeps its row, whichever column it stands in now. What the file says nothing of
        stays, but for the values of options that no variant has any more; the merchant's own facts always do.
        """
        new = _news(theirs, mine, options)
        known = {_said(fact) for fact in mine.facts}
        named = {fact.name.casefold() for fact in new}
        # A file that says less of a fact than the shop knows may have no way to say the rest.
        told = named if self._own else {fact.name.casefold() for fact in new if _said(fact) not in known}
        told |= {f.name.casefold() for f in mine.facts if f.source and any(f.source == n.source for n in new)}
        said = {_said(fact) for fact in new}
        coming: dict[str, list[Fact]] = {}
        for fact in new:
            if _said(fact) not in known:
                coming.setdefault(fact.name.casefold(), []).append(fact)
        kept: list[Fact] = []
        for fact in mine.facts:
            name = fact.name.casefold()
            if not (_said(fact) not in said and self._is_gone(fact, name in told, theirs, options)):
                kept.append(fact)
            kept += coming.pop(name, ())
        return (*kept, *(fact for facts in coming.values() for fact in facts))

    def _is_gone(self, fact: Fact, told: bool, theirs: Product, options: set[str]) -> bool:
        """Say whether a fact the file does not say is to go: its place is taken, or what it came from is no more."""
        if fact.source == "merchant":
            return False
        if fact.source.startswith("option:") and fact.name not in options:
            return True
        if fact.source == "tag":
            return bool(theirs.tags)
        whole = self._own and "\n" not in fact.value and any(f.source == "column:Facts" for f in theirs.facts)
        return told or (whole and fact.kind != "weight" and not fact.source.startswith("option:"))


def differs(merged: Product, mine: Product) -> bool:
    """Say whether a product says anything else than before.

    A handle or a code that an export made up for want of one is kept when it comes back, and says nothing new.
    """
    if not mine.handle and merged.handle and formats.is_made_up(merged.handle, mine):
        merged = replace(merged, handle="")
    blank = {v.id for v in mine.variants if not v.sku}
    variants = tuple(
        replace(v, sku="") if v.sku and v.id in blank and formats.is_made_up(v.sku, mine) else v
        for v in merged.variants
    )
    return replace(merged, variants=variants) != mine


def compared(theirs: Product, mine: Product | None, merged: Product) -> Change:
    """Return what an import would do to a product, for a preview."""
    if mine is None:
        return Change("add", theirs.title, theirs.sku)
    if not differs(merged, mine):
        return Change("same", mine.title, mine.sku, mine.id)
    changed = tuple(
        (name, _short(getattr(mine, name)), _short(getattr(merged, name)))
        for name in EDITABLE
        if getattr(merged, name) != getattr(mine, name)
        and (name != "handle" or mine.handle or not formats.is_made_up(merged.handle, mine))
    )
    variants = (mine.variants, merged.variants) if merged.variants != mine.variants else ((), ())
    return Change("change", mine.title, mine.sku, mine.id, changed, variants)


def alone(product: Product) -> bool:
    """Say whether a product of the file is one row about one thing with a code, which may be a variant."""
    if product.handle or len(product.variants) != 1:
        return False
    return bool(product.variants[0].sku) and not product.variants[0].options


def _images(new: tuple[Image, ...], own: tuple[Image, ...]) -> tuple[Image, ...]:
    known = {image.address: image for image in own}
    return tuple(
        replace(image, id=mine.id, alt=image.alt or mine.alt) if (mine := known.get(image.address)) else image
        for image in new
    )


def _both(own: tuple[tuple[str, str], ...], new: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((dict(own) | dict(new)).items())


# --- variants ---------------------------------------------------------------------------------------------------------


def _with_one(new: Variant, own: tuple[Variant, ...]) -> tuple[Variant, ...]:
    same = [n for n, v in enumerate(own) if v.sku == new.sku]
    at = next((n for n in same if own[n].options == new.options), same[0])
    return tuple(_filled(replace(new, position=v.position), v) if n == at else v for n, v in enumerate(own))


def _filled(new: Variant, own: Variant) -> Variant:
    """Return the file's variant with what only the shop knows of it: a cell that is empty wipes nothing."""
    kept = {f.name: getattr(own, f.name) for f in fields(Variant) if getattr(new, f.name) in _NOTHING}
    if own.options and new.options == ((_WHOLE, _in_one(own)),):
        kept["options"] = own.options
    return replace(new, **(kept | {"id": own.id, "extra": _both(own.extra, new.extra)}))


def _same_variants(new: tuple[Variant, ...], own: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Give the file's variants the ids of the shop's own where code and options, or else one of them, are the same."""
    left = {v.id: v for v in own}
    found: list[Variant | None] = [None] * len(new)
    for same in (_code_and_options, _code, _in_one):
        keyed: dict[object, list[Variant]] = {}
        for variant in left.values():
            if (key := same(variant)) is not None:
                keyed.setdefault(key, []).append(variant)
        for n, variant in enumerate(new):
            if found[n] is None and (waiting := keyed.get(same(variant))):
                if same is _in_one and variant.sku and waiting[0].sku and len(new) > 1:
                    continue  # another code is another thing, unless the product has just the one
                found[n] = waiting.pop(0)
                del left[found[n].id]  # type: ignore[union-attr]
    pairs = zip(new, found, strict=True)
    return tuple(replace(variant, id=None) if mine is None else _filled(variant, mine) for variant, mine in pairs)


def _axes(variants: tuple[Variant, ...]) -> set[tuple[str, str]]:
    return {option for variant in variants for option in variant.options}


def _code_and_options(variant: Variant) -> object:
    return (variant.sku, variant.options) if variant.sku else None


def _code(variant: Variant) -> object:
    return variant.sku or None


def _in_one(variant: Variant) -> str:
    return " / ".join(value for _name, value in variant.options)


# --- facts ------------------------------------------------------------------------------------------------------------


def _news(theirs: Product, mine: Product, options: set[str]) -> list[Fact]:
    """Return the file's facts but for what the shop knows already under another name.

    These are the weight of a variant, and the same value of the same kind: ``Materials: linen`` where the shop has
    ``Material: linen``.
    """
    weights = {variant.weight_grams for variant in mine.variants} - {None}
    names = {fact.name.casefold() for fact in mine.facts}
    known = {(fact.kind, _value(fact)) for fact in mine.facts if fact.kind != "free"}
    found = []
    for fact in theirs.facts:
        if fact.kind == "weight" and formats.weight_in_grams(fact.value, fact.unit) in weights:
            continue
        if fact.source.startswith("option:") and fact.name not in options:
            continue
        if fact.name.casefold() in names or (fact.kind, _value(fact)) not in known:
            found.append(fact)
    return found


def _value(fact: Fact) -> str:
    return f"{fact.value} {fact.unit}".strip().casefold()


def _said(fact: Fact) -> str:
    return fact.said.casefold()


# --- in words ---------------------------------------------------------------------------------------------------------


def _short(value: object) -> str:
    text = value if isinstance(value, str) else _words(value)
    return text if len(text) <= 120 else text[:119] + "…"


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(filter(None, (_words(part) for part in value)))
    if isinstance(value, Fact):
        return f"{value.name}: {value.value}{value.unit and ' ' + value.unit}"
    if isinstance(value, Variant):
        named = " / ".join(part for _name, part in value.options) or value.sku
        return " ".join(
            str(part) for part in (named, value.price, f"×{value.stock}" if value.stock is not None else "") if part
        )
    return str(getattr(value, "address", value))
