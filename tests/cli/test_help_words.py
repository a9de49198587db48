"""Help in the language of the program, flags before and behind a command, and what commands say at their end."""

from __future__ import annotations

import argparse
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli, settings, words
from desktop_app.cli import finding_words, grammar, help_words, job_commands
from desktop_app.cli.commands import Call
from desktop_app.cli.show import Show
from desktop_app.language import check, rules
from desktop_app.records import Product, Variant, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import products, shops


def every_help(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from (str(listed.help) for listed in action._choices_actions if listed.help)
            for command in action.choices.values():
                yield from every_help(command)
        elif action.help:
            yield action.help


def test_every_word_of_the_help_has_its_chinese() -> None:
    said = list(every_help(grammar._parser()))
    words.use("zh")
    assert len(said) > 100
    assert [text for text in said if words._(text) == text] == []
    parser = grammar._parser()
    help_words.translate(parser)
    assert "用法: zhanggui" in parser.format_help()
    assert "把文件导入店铺" in parser.format_help()


@pytest.mark.parametrize(
    "asked",
    [["--json", "--quiet", "products"], ["products", "--json", "--quiet"], ["products", "cup", "--quiet", "--json"]],
)
def test_flags_for_every_command_stand_before_it_or_behind_it(asked: list[str]) -> None:
    read = cli.parse([*asked, "--shop", "x.zhanggui"])
    assert (read.json, read.quiet, read.shop, read.command) == (True, True, Path("x.zhanggui"), "products")


def test_what_stands_behind_two_dashes_is_left_alone() -> None:
    assert help_words.in_front(["ask", "--", "--json"]) == ["ask", "--", "--json"]


def test_products_that_are_not_listed_are_said(terminal: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("SKU,Name,Price,Status\nA1,Cup,5,active\nA2,Cup lid,4,draft\n", "utf-8")
    terminal("import", "products", tmp_path / "p.csv")
    said = terminal("products", "cup")
    assert "A2" not in said.out
    assert "1 drafts, 0 archived" in said.err
    assert "A2\t4.00\tCup lid\t(draft)" in terminal("products", "cup", "--status", "all").out
    assert "Not listed" not in terminal("products", "--status", "all").err


def test_a_check_that_finds_something_ends_with_three_when_asked_to(
    terminal: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "p.csv").write_text("SKU,Name,Price\nA1,茶杯,5\n", "utf-8")
    terminal("import", "products", tmp_path / "p.csv")
    assert terminal("check", "全国第一的茶杯。", "--product", "A1").status == 0
    assert terminal("check", "全国第一的茶杯。", "--product", "A1", "--strict").status == 3
    assert terminal("check", "茶杯。", "--product", "A1", "--strict").status == 0


def test_the_chinese_terminal_says_kinds_and_reasons_in_chinese(terminal: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("SKU,Name,Price\nA1,茶杯,5\n", "utf-8")
    terminal("import", "products", tmp_path / "p.csv", language="zh")
    said = terminal("check", "全国第一，防霉，治疗失眠，提神醒脑，用过的都说好。", "--product", "A1", language="zh").out
    assert not any(c.isascii() and c.isalpha() for c in said.replace("A1", ""))
    mould = next(line for line in said.splitlines() if "防霉" in line)
    assert "十七条" not in mould
    assert "性能" in mould


def test_every_shipped_reason_and_kind_has_its_chinese() -> None:
    words.use("zh")
    found = [rule for _name, pack, _on in rules.of() for rule in pack.rules]
    assert len(found) > 40
    assert [rule.why for rule in found if words._(rule.why) == rule.why and rule.why.isascii()] == []
    assert [kind for kind in {*check.ORDER, *(r.kind for r in found)} if finding_words.kind_of(kind) == kind] == []


def test_writing_that_was_stopped_says_how_to_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made: Shop = shops.new(tmp_path / "s.zhanggui", name="Stop")
    ids = [products.save(made, Product(f"Cup {n}", variants=(Variant(f"C-{n}"),))) for n in range(3)]
    stop = threading.Event()
    stop.set()
    call = Call(argparse.Namespace(), settings.load(), stop, Show(json=False, quiet=True))
    job_commands.describe_many(call, made, None, ids, Wishes(writer="plain"), "all")
    said = capsys.readouterr().err
    assert f"3 products are left. Go on with: zhanggui resume {made.jobs()[0].id}" in said
    made.close()


def test_an_unknown_command_is_said_in_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.parse(["frobnicate", "--json"])
    assert ended.value.code == 2
    assert json.dumps("frobnicate")[1:-1] in capsys.readouterr().err
