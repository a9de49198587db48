"""Rule packs are data: read whole, with their examples true to them, and refused with a sentence when damaged."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.language import check, rules
from desktop_app.records import Fact, Product


@pytest.mark.parametrize("name", [name for packs in rules.PACKS.values() for name in packs])
def test_examples_are_hit_and_harmless_words_are_not(name: str) -> None:
    pack = rules.load(name)
    assert pack.date
    assert pack.source
    raw = tomllib.loads((paths.assets() / "rules" / f"{name}.toml").read_text("utf-8"))
    for rule, data in zip(pack.rules, raw["rule"], strict=True):
        assert data.get("examples"), f"{data['id']} shows no example"
        for example in data["examples"]:
            assert rule.pattern.search(example), example
        for harmless in data.get("harmless", ()):
            assert not rule.pattern.search(harmless), harmless


def test_a_damaged_pack_is_refused_with_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "mine.toml"
    broken.write_text('name = "Mine"\n[[rule]]\nid = "x"\nkind = "y"\nwhy = "z"\npatterns = ["("]\n', "utf-8")
    with pytest.raises(UserError, match=r"mine\.toml"):
        rules.read(broken)


CARD = Product("杯垫", facts=(Fact("材质", "软木"),))


@pytest.mark.parametrize(
    "text",
    [
        "最近天气冷了。",
        "第一步，先用温水洗净。",
        "最小起订量 10 件。",
        "最后晾干。",
        "第一次使用前请清洗。",
        "保存在阴凉处。",
    ],
)
def test_words_that_only_look_like_absolute_terms_are_not_hit(text: str) -> None:
    kinds = {f.kind for f in check.check(text, CARD, language="zh").findings}
    assert not kinds & {"superlative", "absolute", "guarantee"}


@pytest.mark.parametrize("text", ["全网最低价。", "品质第一。", "国家级工艺。", "最好的杯垫。", "顶级软木。"])
def test_absolute_terms_are_hit(text: str) -> None:
    assert "superlative" in {f.kind for f in check.check(text, CARD, language="zh").findings}
