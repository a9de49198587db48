"""HTML descriptions become plain text and back without losing a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.language import markup


def test_paragraphs_breaks_and_lists_become_lines() -> None:
    text = markup.to_text("<p>Two handles.<br/>Oiled.</p><ul><li>oak</li><li>40 cm</ul><p>Last</p>")
    assert text == "Two handles.\nOiled.\n\n- oak\n- 40 cm\n\nLast"


def test_entities_and_bullets_are_read() -> None:
    assert markup.to_text("<p>Tom &amp; Co&nbsp;&frac14; zip<br>&bull; soft</p>") == "Tom & Co ¼ zip\n- soft"


def test_broken_markup_loses_no_word() -> None:
    assert markup.to_text("<p>one <b>two</p> three</b> < four <i") == "one two\n\nthree < four <i"


def test_scripts_are_left_out() -> None:
    assert markup.to_text("<style>p{color:red}</style><p>a</p><script>steal()</script>b") == "a\n\nb"


def test_text_without_markup_stays() -> None:
    assert markup.to_text("a < b & c > d\n\n- x") == "a < b & c > d\n\n- x"


def test_text_becomes_paragraphs_and_a_list() -> None:
    assert markup.to_html("A & b.\n\nFacts:\n- one\n- two") == (
        "<p>A &amp; b.</p>\n<p>Facts:</p>\n<ul><li>one</li><li>two</li></ul>"
    )


@given(st.text(alphabet="ab <>&;/p\n-é中"))
def test_any_input_is_read_without_an_error(text: str) -> None:
    assert isinstance(markup.to_text(text), str)


@given(st.lists(st.from_regex(r"[a-z中文&]{1,8}( [a-z中文]{1,8}){0,4}", fullmatch=True), min_size=1, max_size=4))
def test_what_is_made_html_reads_back(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    assert markup.to_text(markup.to_html(text)) == text
