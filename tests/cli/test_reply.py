"""`zhanggui import knowledge` and `zhanggui reply`, as a script sees them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.engine import LlamaEngine
from desktop_app.records import Draft, Product
from desktop_app.shop import Shop
from desktop_app.tasks import engines, knowledge


def run(capsys: pytest.CaptureFixture[str], shop: Path, *words: str) -> tuple[int, list[dict[str, Any]]]:
    status = cli.run(cli.parse(["--shop", str(shop), "--json", "--quiet", *words]))
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture(autouse=True)
def one_engine(engine: LlamaEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all commands of these tests ask the one engine that runs, and leave it running."""
    monkeypatch.setattr(engine, "close", lambda: None)
    monkeypatch.setattr(engines, "engine_for", lambda _settings: engine)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "faq.csv").write_text(
        "question,answer\nHow long does delivery take?,Orders arrive within 5 working days.\n"
        "Can I return sale items?,Items marked as final sale cannot be returned.\n可以开发票吗？,可以开电子发票。\n",
        "utf-8",
    )
    return tmp_path / "shop.zhanggui"


def test_knowledge_is_imported_and_answers_with_its_source(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    status, (event,) = run(capsys, place, "import", "knowledge", str(place.with_name("faq.csv")))
    assert status == 0
    assert (event["event"], event["format"], event["added"], event["problems"]) == ("imported", "faq", 3, [])
    assert event["action"]
    status, (answer,) = run(capsys, place, "reply", "How long does delivery take?")
    assert status == 0
    assert (answer["event"], answer["action"], answer["language"]) == ("answer", "draft", "en")
    (citation,) = answer["citations"]
    assert citation["source"] == "faq.csv"
    assert citation["quote"] == "Orders arrive within 5 working days."
    assert set(answer["intent"]) == {"label", "confidence"}
    assert answer["facts"] == []


def test_many_messages_of_a_table_are_answered_in_order_and_gaps_are_noted(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    run(capsys, place, "import", "knowledge", str(place.with_name("faq.csv")))
    table = place.with_name("inbox.csv")
    table.write_text(
        "id,message\n1,How long does delivery take?\n2,可以开发票吗\n3,Who founded your company?\n", "utf-8"
    )
    _status, answers = run(capsys, place, "reply", "--file", str(table))
    assert [a["language"] for a in answers] == ["en", "zh", "en"]
    assert "可以开电子发票。" in answers[1]["text"]
    # What is not known is said, and goes on the list of gaps.
    assert (answers[2]["action"], answers[2]["citations"]) == ("ask", [])
    assert answers[2]["missing"] == ["Who founded your company?"]
    _status, actions = run(capsys, place, "actions")
    assert "without an answer" in actions[0]["name"]


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    _status, (event,) = run(capsys, place, "import", "knowledge", str(place.with_name("faq.csv")), "--dry-run")
    assert event["event"] == "preview"
    assert len(event["passages"]) == 3
    assert run(capsys, place, "actions") == (0, [])


def test_a_file_that_is_none_is_refused_with_what_can_be_read(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    other = place.with_name("x.zip")
    other.write_bytes(b"PK\x03\x04")
    assert cli.run(cli.parse(["--shop", str(place), "import", "knowledge", str(other)])) == 1
    assert "DOCX" in capsys.readouterr().err


LETTER = """From {address} Mon Nov 17 0{hour}:00:00 2025
From: {name} <{address}>
To: shop@example.com
Subject: {subject}
Date: Mon, 17 Nov 2025 0{hour}:00:00 +0000
Message-ID: <{hour}@example.org>
Content-Type: text/plain; charset=utf-8

{text}

"""


def letter(hour: int, name: str, subject: str, text: str) -> str:
    address = f"{name.casefold()}@example.org"
    return LETTER.format(hour=hour, name=name, address=address, subject=subject, text=text)


def test_each_letter_of_a_mailbox_is_answered_by_itself(capsys: pytest.CaptureFixture[str], place: Path) -> None:
    run(capsys, place, "import", "knowledge", str(place.with_name("faq.csv")))
    box = place.with_name("mail.mbox")
    box.write_text(
        letter(1, "Anna", "Question", "How long does delivery take?")
        + letter(2, "Bob", "Sale", "Can I return sale items?\n>From what I read, not.")
        + letter(3, "Li", "发票", "可以开发票吗？"),
        "utf-8",
    )
    _status, answers = run(capsys, place, "reply", "--file", str(box))
    assert [a["sender"] for a in answers] == ["anna@example.org", "bob@example.org", "li@example.org"]
    quotes = [[c["quote"] for c in a["citations"]] for a in answers]
    assert quotes == [
        ["Orders arrive within 5 working days."],
        ["Items marked as final sale cannot be returned."],
        ["可以开电子发票。"],
    ]
    assert cli.run(cli.parse(["--shop", str(place), "--quiet", "reply", "--file", str(box)])) == 0
    shown = capsys.readouterr().out
    heads = [line for line in shown.splitlines() if line.startswith("--- ")]
    assert heads == [
        "--- 1. Anna <anna@example.org> Question",
        "--- 2. Bob <bob@example.org> Sale",
        "--- 3. Li <li@example.org> 发票",
    ]
    assert shown.index("5 working days") < shown.index("--- 2.") < shown.index("final sale") < shown.index("--- 3.")


def test_a_newsletter_and_a_mailbox_without_letters_get_no_draft(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    box = place.with_name("mail.mbox")
    box.write_text(letter(1, "News", "Offers", "Buy now!").replace("To:", "List-Unsubscribe: <x:y>\nTo:"), "utf-8")
    assert cli.run(cli.parse(["--shop", str(place), "reply", "--file", str(box)])) == 1
    shown = capsys.readouterr()
    assert "A newsletter or an automatic answer was left out: Offers" in shown.err
    assert "no letter of a customer" in shown.err
    assert cli.run(cli.parse(["--shop", str(place), "reply", "--file", str(box.with_name("none.mbox"))])) == 1


def test_what_the_merchant_changed_is_told_and_asked_when_a_file_is_brought_in_again(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    file = place.with_name("faq.csv")
    run(capsys, place, "import", "knowledge", str(file))
    with Shop.open(place) as shop:
        knowledge.change_passage(shop, replace(shop.passage(1), text="Six working days."))
    file.write_text(file.read_text("utf-8").replace("within 5 working days", "within 3 working days"), "utf-8")
    _status, (event,) = run(capsys, place, "import", "knowledge", str(file))
    assert (event["kept"], event["asks"], event["changed"]) == (1, 1, 0)


def test_approved_texts_are_brought_into_the_knowledge_by_a_command(
    capsys: pytest.CaptureFixture[str], place: Path
) -> None:
    with Shop.create(place, name="Oak", currency="USD", language="en") as shop, shop.act("Fill"):
        (product,) = shop.add([Product("Oak tray")])
        draft = shop.add_draft(Draft(product, "description", "en", "Made of oak. Wipe it with a dry cloth."))
        shop.set_draft_status([draft.id or 0], "approved")
    status, (event,) = run(capsys, place, "import", "knowledge", "--approved")
    assert (status, event["event"], event["format"], event["added"]) == (0, "imported", "approved", 1)
    assert run(capsys, place, "import", "knowledge")[0] == 1
