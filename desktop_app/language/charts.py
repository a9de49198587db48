"""Size charts in a fact's name and value: 胸围(S/M/L) with 104/108/112cm is read as S 104cm, M 108cm, L 112cm."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop_app.records import Fact, Product

_LABELS = re.compile(r"[（(\[](?P<labels>[^()（）\[\]]*[/／|、][^()（）\[\]]*)[)）\]]")
_APART = re.compile(r"\s*[/／|、]\s*")
_BEHIND = re.compile(r"(?<=[)）])\s*[/／]\s*(?=\d)")
_SIDES = re.compile(r"[长宽高深厚×*]|\b[WHD]\b|(?<![A-Z])[xX](?![A-Z])")
_NUMBER = re.compile(r"^\s*[\d.]+(?:\s*[-–—~～至到]\s*[\d.]+)?")


def spread(product: Product) -> Product:
    """Return ``product`` with the values of every chart said beside their labels; names stay as they are."""
    found = tuple(_spread(f) for f in product.facts)
    return replace(product, facts=found) if found != product.facts else product


def _spread(fact: Fact) -> Fact:
    if _BEHIND.search(fact.value):  # 300PPI（黑白）/150PPI（彩色）
        fact = replace(fact, value=_BEHIND.sub("；", fact.value))
    labelled = _LABELS.search(fact.name)
    if labelled is None:
        return fact
    labels, values = _APART.split(labelled["labels"].strip()), _APART.split(fact.value.strip())
    if len(labels) != len(values) or len(labels) < 2 or _SIDES.search(labelled["labels"]):
        return fact
    numbers = [_NUMBER.match(v) for v in values]
    if not all(numbers):
        return fact
    unit = values[-1][numbers[-1].end() :].strip() if numbers[-1] else ""
    said = []
    for label, value, number in zip(labels, values, numbers, strict=True):
        own = value[number.end() :].strip() if number else ""
        said.append(f"{label.strip()} {value}{'' if own else unit or fact.unit}")
    return replace(fact, value="；".join(said))
