"""E-mail: what the customer wrote is read, in any encoding; what it quotes and who signed it is not."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.formats.letters import read_letters, said
from desktop_app.message_records import Message

HEAD = b"From: =?utf-8?b?5bCP546L?= <wang@example.com>\nDate: Mon, 02 Nov 2026 10:00:00 +0800\nMessage-ID: <a1@x>\n"


def read(folder: Path, data: bytes) -> list[Message]:
    path = folder / "letters.eml"
    path.write_bytes(data)
    return list(read_letters(path))


def test_a_letter_in_gbk_under_the_name_of_gb2312_is_read(tmp_path: Path) -> None:
    body = base64.encodebytes("我的镕金杯什么时候发货?".encode("gbk"))
    head = b"Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
    (letter,) = read(tmp_path, HEAD + head + body)
    assert (letter.text, letter.sender) == ("我的镕金杯什么时候发货?", "小王")
    assert (letter.sent, letter.external) == ("2026-11-02T02:00:00+00:00", "a1@x")


def test_quoted_printable_is_read_and_an_unknown_encoding_is_recognised(tmp_path: Path) -> None:
    body = quopri.encodestring("Où est ma commande ? 订单".encode())
    head = b"Content-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: quoted-printable\n\n"
    assert read(tmp_path, HEAD + head + body)[0].text == "Où est ma commande ? 订单"


@pytest.mark.parametrize(
    "text",
    [
        "Still waiting.\n\nOn Mon, 2 Nov 2026 at 10:00, Shop <s@x> wrote:\n> We sent it.",
        "Still waiting.\n\nOn Mon, 2 Nov 2026 at 10:00, Shop\n<s@x> wrote:\n> We sent it.",
        "Still waiting.\n-- \nAnn\nACME",
        "Still waiting.\n\nSent from my iPhone",
        "Still waiting.\n------------------ 原始邮件 ------------------\n发件人: 店",
        "> We sent it.\nStill waiting.",
    ],
)
def test_what_is_quoted_and_signed_is_not_what_was_said(text: str) -> None:
    assert said(text) == "Still waiting."


def test_a_letter_that_only_quotes_keeps_its_text() -> None:
    assert said("> We sent it.") == "> We sent it."


def test_a_page_is_read_as_words_and_the_original_keeps_its_quote(tmp_path: Path) -> None:
    page = (
        b"<style>p{}</style><p>Too <b>small</b>.</p><p>Size L?</p><blockquote><p>old</p><p>older</p></blockquote>After"
    )
    (letter,) = read(tmp_path, HEAD + b"Content-Type: text/html\n\n" + page)
    assert letter.text == "Too small.\nSize L?\nAfter"
    assert "old" in letter.original


def test_an_mbox_gives_each_letter_once_and_a_line_that_begins_with_from_ends_none(tmp_path: Path) -> None:
    one = b"From - Mon Nov 02 10:00:00 2026\n" + HEAD + b"\n>From Monday on?\n\nFrom you I want an answer\n\n"
    two = b"From b Tue Nov  3 10:00:00 2026\nFrom: b@x\nIn-Reply-To: <a1@x>\n\nYes\n"
    first, second = read(tmp_path, one + two)
    assert first.text == "From Monday on?\n\nFrom you I want an answer"
    assert (second.text, second.answers) == ("Yes", ("a1@x",))


def test_a_file_that_is_no_letter_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no e-mail"):
        read(tmp_path, b"\x89PNG\r\n\x1a\n\0\0")


def test_a_head_in_unmarked_gbk_is_read(tmp_path: Path) -> None:
    (letter,) = read(tmp_path, "From: 小王 <a@b.cn>\nSubject: 你好,请问\n\n什么时候发货呀,我等很久了".encode("gbk"))
    assert (letter.sender, letter.subject, letter.text) == ("小王", "你好,请问", "什么时候发货呀,我等很久了")


def test_a_sender_without_a_whole_address_stops_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, b"From: a@\nMessage-ID: <b@x>\n\nhi")[0].text == "hi"
