"""The terminal, as a script uses it: real files, and a real process where one is the point."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.__main__ import main

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def zhanggui(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command of the program in this process; a process of its own reads the program for a second first."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(*words: str, status: int = 0) -> list[dict[str, Any]]:
        try:
            ended = main(["--shop", str(tmp_path / "店 shop.zhanggui"), "--json", *words])
        except SystemExit as left:
            ended = int(str(left.code))
        said = capsys.readouterr()
        return told(ended, said.out, said.err, status)

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run a command as the shell does."""

    def run(*words: str, status: int = 0) -> list[dict[str, Any]]:
        done = subprocess.run(
            [sys.executable, "-m", "desktop_app", "--shop", str(tmp_path / "店 shop.zhanggui"), "--json", *words],
            capture_output=True, text=True, encoding="utf-8", env={**os.environ, "LANG": "C.UTF-8"}, check=False,
        )  # fmt: skip
        return told(done.returncode, done.stdout, done.stderr, status)

    return run


def told(ended: int, out: str, err: str, status: int) -> list[dict[str, Any]]:
    assert ended == status, err
    if status == 1:
        assert err.strip()
        assert "Traceback" not in err
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def file(shared: Path) -> str:
    return str(shared / "data" / "catalog" / "shopify_product_data_packt.csv")


def test_from_a_real_export_to_an_approved_text_and_back(zhanggui: Run, file: str, tmp_path: Path) -> None:
    imported = zhanggui("import", "products", file)[-1]
    assert imported["event"] == "imported"
    assert imported["added"] > 5
    first = zhanggui("products")[0]["product"]
    saved, done = zhanggui("describe", f"id:{first['id']}", "--writer", "plain")
    assert (saved["event"], done["event"]) == ("saved", "done")
    assert saved["draft"]["evidence"][0].keys() >= {"start", "end", "facts"}
    zhanggui("approve", str(saved["draft"]["id"]))
    zhanggui("export", "products", str(tmp_path / "out.csv"), "--format", "original")
    assert (tmp_path / "out.csv").read_bytes() != Path(file).read_bytes()
    assert [a["name"] for a in zhanggui("actions")] == [
        "Approve one draft",
        "Describe one product",
        "Import shopify_product_data_packt.csv",
    ]
    zhanggui("undo", "--to", str(imported["action"]))
    assert zhanggui("products") == []
    zhanggui("redo", "--steps", "3")
    assert zhanggui("drafts", "--status", "approved")[0]["draft"]["id"] == saved["draft"]["id"]


def test_each_command_may_be_a_process_of_its_own(process: Run, tmp_path: Path) -> None:
    (tmp_path / "货.csv").write_text("SKU,Name,Material\nA-1,竹砧板,竹\n", "utf-8")
    assert process("import", "products", str(tmp_path / "货.csv"))[-1]["added"] == 1
    saved, done = process("describe", "A-1", "--writer", "plain", "--language", "zh")
    assert (saved["event"], done["event"]) == ("saved", "done")
    assert "竹" in saved["draft"]["text"]
    assert process("approve", "x", status=1) == []
    assert process("frobnicate", status=2) == []


def test_a_dry_run_changes_nothing(zhanggui: Run, file: str) -> None:
    assert zhanggui("import", "products", file, "--dry-run")[-1]["event"] == "preview"
    assert zhanggui("products") == []


def test_search_finds_by_a_prefix_and_by_facts(zhanggui: Run, file: str) -> None:
    zhanggui("import", "products", file)
    every = [p["product"] for p in zhanggui("products")]
    word = every[0]["title"].split()[0][:3]
    assert every[0]["id"] in {p["product"]["id"] for p in zhanggui("products", word)}


@pytest.mark.parametrize(
    "words",
    [
        ("import", "products", "nowhere.csv"),
        ("describe", "NO-SUCH-SKU"),
        ("approve", "99"),
        ("approve", "x"),
        ("undo",),
        ("export", "products", "x.csv", "--format", "lotus"),
        ("weights", "check", __file__),
    ],
)
def test_what_fails_says_so_in_a_sentence(zhanggui: Run, words: tuple[str, ...]) -> None:
    assert zhanggui(*words, status=1) == []


def test_wrong_words_end_with_status_two(zhanggui: Run) -> None:
    zhanggui("frobnicate", status=2)


def test_a_table_with_a_mapping_given_by_hand(zhanggui: Run, tmp_path: Path) -> None:
    table = tmp_path / "表.csv"
    table.write_bytes("甲,乙,丙\n竹砧板,A-1,竹\n".encode("gb18030"))
    words = ["--map", "甲=title", "--map", "乙=sku", "--map", "丙=fact:材质"]
    assert zhanggui("import", "products", str(table), *words)[-1]["added"] == 1
    product = zhanggui("products", "竹")[0]["product"]
    assert product["sku"] == "A-1"
    assert product["facts"] == [{"name": "材质", "value": "竹", "unit": ""}]


def test_doctor_and_weights_answer_without_a_shop(zhanggui: Run) -> None:
    assert {line["event"] for line in zhanggui("doctor")} == {"doctor"}
    kinds = {line["kind"] for line in zhanggui("weights", "list")}
    assert kinds == {"writing", "meaning"}


def test_reviews_are_summed_up_in_own_words_answered_and_written_out(
    zhanggui: Run, tmp_path: Path, starter: Path
) -> None:
    (tmp_path / "products.csv").write_text("title,sku\nBlue mug,M-1\n", "utf-8")
    said = [("Great quality, very sturdy", 5), ("The size is too small", 2), ("Sturdy, good quality", 5)]
    lines = [f'M-1,{said[n % 3][1]},"{said[n % 3][0]}",A{n},r{n}' for n in range(18)]
    (tmp_path / "reviews.csv").write_text("\n".join(["sku,rating,body,author,review_id", *lines]), "utf-8")
    zhanggui("import", "products", str(tmp_path / "products.csv"))
    zhanggui("import", "reviews", str(tmp_path / "reviews.csv"))
    own, done = zhanggui("reviews", "summarise", "M-1", "--writer", "auto")
    assert (own["event"], own["source"]) in (("summary", "weights"), ("summary", "mixed"))
    assert {s["source"] for s in own["sentences"][1:]} >= {"weights"}
    assert (done["event"], done["count"]) == ("summarised", 1)
    *answers, ended = zhanggui("reviews", "reply", "M-1")
    assert len(answers) == ended["drafted"] == 18
    assert zhanggui("export", "reviews", str(tmp_path / "out.csv"), "--format", "summaries")[0]["rows"] == 1
    assert own["sentences"][1]["text"] in (tmp_path / "out.csv").read_text("utf-8-sig").replace('""', '"')
