"""Messages come in from any table, JSON of any shape, e-mail, or pasted, with who wrote what to whom and when."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.formats.messages import pasted_messages, read_messages


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding)
    return path


def test_a_table_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = write(
        tmp_path, "m.csv",
        "Ticket ID,From,Email,Created at,Direction,Message\n"
        '7,Ann,ann@x.com,2026-11-02 10:00,incoming,"Where is it?"\n'
        '7,Shop,shop@x.com,2026-11-02 11:00,outgoing,"On its way."\n',
    )  # fmt: skip
    first, second = read_messages(path).messages
    assert (first.text, first.sender, first.address, first.thread, first.who) == (
        "Where is it?", "Ann", "ann@x.com", "7", "customer",
    )  # fmt: skip
    assert (first.sent, second.who) == ("2026-11-02T10:00:00Z", "shop")


def test_a_chinese_table_in_gb18030_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "m.csv",
        "会话编号,发送人,角色,时间,消息内容,订单号\n9,小王,买家,2026-11-02 10:00,发货了吗？,A1001\n",
        "gb18030",
    )
    (message,) = read_messages(path).messages
    assert (message.text, message.sender, message.order, message.thread) == ("发货了吗？", "小王", "A1001", "9")


def test_a_column_can_be_named_by_hand_and_a_wrong_field_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "m.csv", "a,b\nhello there my friend,x@y.com\n")
    assert read_messages(path, {"b": "address"}).messages[0].address == "x@y.com"
    with pytest.raises(UserError):
        read_messages(path, {"b": "nonsense"})


@pytest.mark.parametrize(
    "made",
    [
        [{"id": 1, "from": {"name": "Ann", "email": "ann@x.com"}, "body": "Where is it?", "created_at": "2026-11-02T10:00:00Z"}],
        {"messages": [{"id": 1, "sender": "Ann", "email": "ann@x.com", "text": "Where is it?", "date": "2026-11-02T10:00:00"}]},
        {"conversations": [{"id": "c1", "customer": {"name": "Ann", "email": "ann@x.com"},
                            "messages": [{"id": 1, "body_html": "<p>Where is it?</p>", "created_at": 1793613600}]}]},
        {"chats": {"list": [{"name": "Ann", "email": "ann@x.com", "messages": [
            {"id": 1, "type": "message", "date": "2026-11-02T10:00:00", "text": ["Where ", {"type": "bold", "text": "is"}, " it?"]}]}]}},
    ],
)  # fmt: skip
def test_json_of_any_shape_is_read(tmp_path: Path, made: object) -> None:
    (message,) = read_messages(write(tmp_path, "m.json", json.dumps(made))).messages
    assert (message.text, message.sender, message.address) == ("Where is it?", "Ann", "ann@x.com")
    assert message.sent == "2026-11-02T10:00:00Z"


def test_who_spoke_is_read_from_json(tmp_path: Path) -> None:
    rows = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "hello"}]
    said = read_messages(write(tmp_path, "m.jsonl", "\n".join(map(json.dumps, rows)))).messages
    assert [m.who for m in said] == ["customer", "shop"]


def test_a_file_without_messages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        read_messages(write(tmp_path, "m.json", "{}"))


def test_a_contact_form_is_from_whom_it_names_and_a_newsletter_is_marked(tmp_path: Path) -> None:
    form = b"From: Shop <mailer@shops.com>\nReply-To: ann@x.com\nAuto-Submitted: auto-generated\nDate: Mon, 02 Nov 2026 10:00:00 +0000\n\nHello"
    news = (
        b"From: a@b.com\nTo: shop@x.com\nList-Unsubscribe: <https://x>\nDate: Mon, 02 Nov 2026 10:00:00 +0000\n\nSale!"
    )
    for name, data in (("form.eml", form), ("news.eml", news)):
        (tmp_path / name).write_bytes(data)
    assert read_messages(tmp_path / "form.eml").messages[0].address == "ann@x.com"
    assert not read_messages(tmp_path / "form.eml").messages[0].automatic
    assert read_messages(tmp_path / "news.eml").messages[0].automatic


@pytest.mark.parametrize(
    "text",
    [
        "[02/11/2026, 10:03] Ann: Where is it?\nPlease!\n[02/11/2026, 10:05] Shop: On its way.",
        "Ann 2026-11-02 10:03:00\nWhere is it?\nPlease!\n客服 2026-11-02 10:05:00\nOn its way.",
        "Customer: Where is it?\nPlease!\nAgent: On its way.",
    ],
)
def test_a_copied_chat_is_read_line_by_line(text: str) -> None:
    first, second = pasted_messages(text)
    assert (first.text, first.who) == ("Where is it?\nPlease!", "customer")
    assert (second.text, second.who) == ("On its way.", "shop")


def test_several_pasted_messages_stand_apart_by_a_line_and_paragraphs_do_not_part_one() -> None:
    assert [m.text for m in pasted_messages("One.\n\nStill one.\n---\nTwo.")] == ["One.\n\nStill one.", "Two."]
