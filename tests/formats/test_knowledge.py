"""Files of knowledge: what a merchant has lying about becomes passages with their place."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
import xlsxwriter
from pypdf import PdfWriter

from desktop_app.errors import UserError
from desktop_app.formats.knowledge import read_knowledge


def read(path: Path, text: str | bytes, **more: dict[str, str]):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_knowledge(path, **more)


def asked(file) -> list[tuple[str, str]]:
    return [(p.question, p.text) for p in file.passages]


def test_a_table_of_questions_and_answers_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    file = read(tmp_path / "faq.csv", "Category,Question,Answer,Valid until\nShipping,How long?,Two days.,2026-12-31\n")
    assert asked(file) == [("How long?", "Two days.")]
    (passage,) = file.passages
    assert (passage.row, passage.heading, passage.valid_to) == (2, "Shipping", "2026-12-31")


def test_a_chinese_table_in_the_encoding_of_excel_is_read(tmp_path: Path) -> None:
    text = "问题分类,标准问题,相似问法,标准答案\n物流,几天发货,多久寄出,付款后四十八小时内发货。\n".encode("gb18030")
    file = read(tmp_path / "faq.csv", text)
    assert asked(file) == [("几天发货\n多久寄出", "付款后四十八小时内发货。")]


def test_columns_without_known_names_are_told_apart_by_what_stands_in_them(tmp_path: Path) -> None:
    rows = "".join(f"{n},怎么申请第{n}种退款？,请在订单页点退款，第{n}步选择原因后提交即可。\n" for n in range(1, 5))
    file = read(tmp_path / "导出.csv", "甲,乙,丙\n" + rows)
    assert asked(file)[-1] == ("怎么申请第4种退款？", "请在订单页点退款，第4步选择原因后提交即可。")


def test_a_table_without_a_row_of_names_loses_no_question(tmp_path: Path) -> None:
    file = read(
        tmp_path / "faq.csv", "Do you ship abroad?,Yes to the EU.\nCan I pay by card?,Yes all cards are fine.\n"
    )
    assert asked(file)[0] == ("Do you ship abroad?", "Yes to the EU.")


def test_every_sheet_of_a_workbook_is_read_and_what_is_empty_is_said(tmp_path: Path) -> None:
    path = tmp_path / "faq.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in {"One": [("Q1?", "A one."), ("Q2?", "")], "Two": [("问？", "答。")]}.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("question", "answer"))
            for n, row in enumerate(rows, 1):
                sheet.write_row(n, 0, row)
    file = read_knowledge(path)
    assert asked(file) == [("Q1?", "A one."), ("问？", "答。")]
    assert file.problems == ((3, "", "There is no answer in this row."),)


def test_the_merchant_may_say_what_a_column_holds(tmp_path: Path) -> None:
    file = read(tmp_path / "x.csv", "foo,bar\nShipping,Two days\n", mapping={"foo": "question", "bar": "answer"})
    assert asked(file) == [("Shipping", "Two days")]


MARKDOWN = """# Delivery

## How long does it take?
Within **two** working days, see [the map](https://shop.example/map).

- Islands: five days
- Abroad: ten days

## Costs
Four pounds.

Q: Can I collect?
A: Yes, on Mondays.
"""


def test_markdown_makes_a_passage_of_each_heading_and_of_each_question(tmp_path: Path) -> None:
    file = read(tmp_path / "delivery.md", MARKDOWN)
    assert [p.question for p in file.passages] == ["How long does it take?", "Costs", "Can I collect?"]
    first = file.passages[0]
    assert "two working days, see the map (https://shop.example/map)" in first.text
    assert "- Islands: five days" in first.text
    assert first.heading == "Delivery › How long does it take?"
    assert file.passages[2].text == "Yes, on Mondays."


def test_a_page_of_the_web_gives_its_words_without_menus_and_scripts(tmp_path: Path) -> None:
    page = (
        "<html><head><title>x</title></head><nav>Home</nav><h2>Returns</h2><p>Within <b>30</b> days.</p>"
        "<details><summary>Who pays?</summary>You do.</details><script>alert(1)</script>"
    )
    file = read(tmp_path / "returns.html", page)
    assert asked(file) == [("Returns", "Within 30 days."), ("Who pays?", "You do.")]


def test_a_table_on_a_page_with_questions_on_the_left_is_read_row_by_row(tmp_path: Path) -> None:
    page = "<table><tr><th>Can I pay later?</th><td>Yes, in <i>three</i> parts.</td></tr><tr><td>能退吗？</td><td>七天内可以。</td></tr></table>"
    assert asked(read(tmp_path / "x.htm", page)) == [
        ("Can I pay later?", "Yes, in three parts."),
        ("能退吗？", "七天内可以。"),
    ]


def test_plain_text_in_chinese_is_cut_at_its_headings(tmp_path: Path) -> None:
    file = read(
        tmp_path / "说明.txt",
        "一、发货时间\n付款后两天内发货。\n\n二、退换货\n签收七天内可退。\n\n问：能开发票吗？答：可以开电子发票。\n",
    )
    assert asked(file) == [
        ("一、发货时间", "付款后两天内发货。"), ("二、退换货", "签收七天内可退。"), ("能开发票吗？", "可以开电子发票。"),
    ]  # fmt: skip


def test_a_word_document_keeps_headings_tables_and_their_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Warranty", 1)
    document.add_paragraph("One year on seams.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Do you repair?", "Yes, in March."
    raw = io.BytesIO()
    document.save(raw)
    file = read(tmp_path / "care.docx", raw.getvalue())
    assert asked(file) == [("Warranty", "One year on seams."), ("Do you repair?", "Yes, in March.")]


def pdf_of(*pages: str) -> bytes:
    """Build a small PDF by hand: a page each, its lines in Helvetica."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        lines = " ".join(f"({line}) Tj 0 -20 Td" if line else "0 -20 Td" for line in page.split("\n"))
        stream = f"BT /F1 12 Tf 50 700 Td {lines} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R /Resources << /Font <<"
            " /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, at = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        at.append(len(out))
        out += f"{n} 0 obj\n{body}\nendobj\n".encode()
    table = f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in at)
    return out + f"{table}trailer << /Size {len(at) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def test_a_pdf_names_the_page_each_passage_stands_on(tmp_path: Path) -> None:
    file = read(
        tmp_path / "terms.pdf", pdf_of("When do you ship?\nWe ship on Tuesdays.", "Can I return it?\nWithin 30 days.")
    )
    assert asked(file) == [("When do you ship?", "We ship on Tuesdays."), ("Can I return it?", "Within 30 days.")]
    assert [p.page for p in file.passages] == [1, 2]


def test_a_pdf_without_words_and_one_that_is_locked_are_refused_plainly(tmp_path: Path) -> None:
    blank, locked = PdfWriter(), PdfWriter()
    for writer in (blank, locked):
        writer.add_blank_page(200, 200)
    locked.encrypt("secret", algorithm="RC4-128")
    for writer, why in ((blank, "pictures"), (locked, "password")):
        raw = io.BytesIO()
        writer.write(raw)
        with pytest.raises(UserError, match=why):
            read(tmp_path / "x.pdf", raw.getvalue())


@pytest.mark.parametrize("name", ["x.docx", "x.pdf"])
def test_a_damaged_document_is_refused_plainly(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        read(tmp_path / name, b"PK\x03\x04 nothing of this is true")


def test_an_offer_in_running_text_ends_with_its_last_day(tmp_path: Path) -> None:
    text = "# 活动\n\n满两百减三十，活动截止到2026年11月30日。\n\n# Warranty\n\nSeams are covered for two years.\n\n# Sale\n\nThe code SPRING is valid until 5 May 2026.\n"
    assert [p.valid_to for p in read(tmp_path / "a.md", text).passages] == ["2026-11-30", "", "2026-05-05"]


def test_a_long_section_is_cut_between_paragraphs_and_nothing_is_lost(tmp_path: Path) -> None:
    paragraphs = [f"Paragraph {n} says what is to be done in case {n}. " * 6 for n in range(20)]
    file = read(tmp_path / "long.md", "# Terms\n\n" + "\n\n".join(paragraphs))
    assert len(file.passages) > 4
    assert all(any(p.strip() in passage.text for passage in file.passages) for p in paragraphs)
