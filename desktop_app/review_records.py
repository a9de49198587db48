"""What customers said, as every room hands it on: reviews, what was read in them, themes, summaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Polarity = Literal["positive", "neutral", "negative", "mixed"]
# What makes a review worth a second look; it is shown and kept, and counted apart from the others.
Mark = Literal["default", "copy", "alike", "spam", "bought", "language", "settled"]
SETTLED: Mark = "settled"  # the merchant decided: no rule marks this review again
SET_ASIDE: tuple[Mark, ...] = ("default", "copy", "alike", "spam", "bought")

_REPLY = "reply:"  # what a draft that answers a review is the text of: reply:12


def reply_field(review: int) -> str:
    """Return what a draft that answers this review is the text of, in place of one of `records.FIELDS`."""
    return f"{_REPLY}{review}"


def review_of(field: str) -> int | None:
    """Return the review that a draft of this field answers, None where it answers none."""
    number = field.removeprefix(_REPLY)
    return int(number) if field.startswith(_REPLY) and number.isdigit() else None


@dataclass(frozen=True, slots=True)
class Named:
    """How a file called the product a review is about; each part may be empty."""

    handle: str = ""
    sku: str = ""
    number: str = ""  # the product's number in the system the file came from
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.handle or self.sku or self.number or self.title)


@dataclass(frozen=True, slots=True)
class Review:
    """One review as it was written. E-mail and network addresses are never part of it."""

    text: str
    title: str = ""
    stars: float | None = None  # 1 … 5
    named: Named = Named()
    variant: str = ""
    author: str = ""
    written: str = ""  # ISO 8601, a day or a moment in UTC; "" where the file does not say
    language: str = ""
    place: str = ""
    reply: str = ""
    external: str = ""  # the review's own number in the file
    marks: tuple[Mark, ...] = ()  # what the text alone gives away; copies are found when all are looked at
    product: int | None = None
    doubtful: tuple[int, ...] = ()  # products it may be about, to be asked
    source: int | None = None
    key: str = ""  # the same for the same review, whenever it comes in again
    id: int | None = None

    @property
    def whole(self) -> str:
        """Title and text as one, which is what is read and quoted."""
        return f"{self.title}\n{self.text}" if self.title and self.text else self.title or self.text


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of a review (code points of ``Review.whole``) that says something, and about what."""

    start: int
    end: int
    polarity: Polarity
    aspects: tuple[tuple[str, Polarity], ...] = ()  # aspect key → what is said of it here


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read in one text: overall, and remark by remark."""

    polarity: Polarity
    positive: float  # how likely it is praise, 0 … 1
    remarks: tuple[Remark, ...] = ()
    clash: bool = False  # its stars say the opposite


@dataclass(frozen=True, slots=True)
class Theme:
    """Something reviews speak of, as the merchant wants it named and grouped."""

    key: str  # an aspect of the taxonomy ("size"), or "own:…"
    name: str = ""  # the merchant's own name; "" for the taxonomy's
    into: str = ""  # the theme this one was merged into
    words: tuple[str, ...] = ()  # remarks with one of these belong here, before any other theme
    hidden: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a review, letter for letter: ``review.whole[start:end] == text``."""

    review: int
    text: str
    start: int = 0
    end: int = 0
    polarity: Polarity = "positive"


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How many reviews speak of a theme, and how; a review with praise and blame counts as mixed."""

    theme: str
    name: str
    count: int
    positive: int
    negative: int
    neutral: int = 0
    mixed: int = 0
    share: tuple[float, float, float] = (0.0, 0.0, 0.0)  # of the blame among its voices: low, found, high
    enough: bool = True
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the reviews of one product say, with every figure counted and every quote looked up."""

    product: int
    count: int
    rating: float | None
    themes: tuple[ThemeCount, ...]
    text: str
    enough: bool
    language: str = "en"
    singles: tuple[ThemeCount, ...] = ()  # themes with too few voices, listed as single remarks
    aside: tuple[tuple[str, int], ...] = ()  # mark → how many reviews were not counted for it
    sentences: tuple[tuple[str, tuple[str, ...]], ...] = ()  # each sentence and the themes it rests on
    source: str = "plain"
    own: tuple[bool, ...] = ()  # which sentences weights wrote; figures and quotes are the program's everywhere
    weights: str = ""  # what wrote them


@dataclass(frozen=True, slots=True)
class Told:
    """A summary by weights as the shop keeps it: shown as long as its basis, the table it was written from, stands."""

    product: int
    language: str
    basis: str  # digest of the table's own text: every figure, every quote
    sentences: tuple[tuple[str, tuple[str, ...], bool], ...]  # text, themes, whether weights wrote it
    weights: str = ""
    weights_sha256: str = ""
    prompt: str = ""
    refused: int = 0
    made: str = ""


@dataclass(frozen=True, slots=True)
class ReviewsImported:
    """The end of an import of reviews."""

    format: str
    encoding: str
    added: int = 0
    changed: int = 0
    skipped: int = 0
    linked: int = 0
    doubtful: int = 0
    unlinked: int = 0
    marked: tuple[tuple[str, int], ...] = ()
    problems: tuple[Any, ...] = ()  # `records.Problem`: rows that could not be read, or not whole
    action: int | None = None
    stopped: bool = False
