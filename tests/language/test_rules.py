"""Rule packs are data: read whole, with their examples true to them, and refused with a sentence when damaged."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.language import rules


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
