"""Every sentence a person may read has its Chinese, with the same parameters."""

from __future__ import annotations

import importlib.util
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app import paths, words
from desktop_app.errors import UserError

ROOT = Path(__file__).resolve().parent.parent


def script(name: str) -> ModuleType:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(ROOT / "packaging"))


def test_every_sentence_has_its_chinese() -> None:
    check = script("check_words")
    wanted, known = dict(check.sentences(ROOT / "desktop_app")), check.translated("zh")
    missing = {text: place for text, place in wanted.items() if text not in known}
    assert not missing
    assert len(wanted) > 50


def test_the_merchant_is_addressed_one_way() -> None:
    polite = [line for file in (ROOT / "assets" / "locale" / "zh").glob("*.po")
              for line in file.read_text("utf-8").splitlines() if "您" in line.replace("“您”", "")]  # fmt: skip
    assert not polite, "the window says 你 to the merchant"


def test_a_translation_asks_for_the_same_parameters() -> None:
    compile_words = script("compile_words")
    wrong = []
    for file in (ROOT / "assets" / "locale" / "zh").glob("*.po"):
        for original, translated in compile_words.read(file).items():
            allowed = {name for part in original.split("\0") for name in parameters(part)}
            if not parameters(translated) <= allowed:
                wrong.append((file.name, original, translated))
    assert not wrong


def parameters(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name}


def test_the_compiled_catalogue_speaks_chinese_and_falls_back_to_english(tmp_path: Path) -> None:
    if not (paths.assets() / "locale" / "zh" / "zhanggui.mo").exists():
        pytest.fail("the words are not compiled: run `make setup`")
    words.use("zh")
    assert words._("There is nothing to undo.") == "没有可以撤销的操作。"
    assert words._("Import {name}", name="a.csv") == "导入 a.csv"
    assert words._("Never translated") == "Never translated"
    words.use("xx")
    assert words.language() == "en"


def test_an_error_crosses_a_process_and_is_translated_where_it_is_shown() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(UserError("Import {name}", name="x")))
    assert str(error) == "Import x"
    words.use("zh")
    assert str(error) == "导入 x"
