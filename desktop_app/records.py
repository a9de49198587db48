"""The records every room shares, and the events that tasks yield while they work.

All are frozen and small; they cross threads and processes by value. Times are ISO 8601 in UTC, money is `Decimal`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from desktop_app.product_records import Fact as Fact
from desktop_app.product_records import FactKind as FactKind
from desktop_app.product_records import Image as Image
from desktop_app.product_records import Product as Product
from desktop_app.product_records import ProductRow as ProductRow
from desktop_app.product_records import ProductStatus as ProductStatus
from desktop_app.product_records import SourceFile as SourceFile
from desktop_app.product_records import Variant as Variant

Field = Literal["description", "title", "bullets", "points", "seo", "keywords", "alt", "reviews"]
FIELDS: tuple[Field, ...] = ("description", "title", "bullets", "points", "seo", "keywords", "alt")
DraftStatus = Literal["new", "approved", "rejected"]
JobState = Literal["waiting", "running", "paused", "stopped", "done"]
JobChoice = Literal["", "all", "missing", "stale", "translate"]  # "": these very products
Writer = Literal["weights", "plain", "mixed", "merchant"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a shop holds, as Today shows it. Archived products are counted apart, not among the others."""

    products: int = 0
    missing: int = 0  # products without any text
    drafts_waiting: int = 0
    drafts_flagged: int = 0  # of these, with a finding
    approved_not_exported: int = 0
    archived: int = 0
    below_zero: int = 0  # products of which a variant has less than nothing in stock


# --- texts -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, and the names of the facts it rests on."""

    start: int
    end: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of a text that the product's facts or a rule do not carry."""

    start: int
    end: int
    text: str
    kind: str  # "number", "material", "superlative", …
    why: str
    rule: str | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check says of a sentence: fine, or what kind of trouble and where (code points in the sentence)."""

    ok: bool
    kind: str = ""
    start: int = 0
    end: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the merchant asks of a text."""

    field: Field = "description"
    language: str = "en"
    tone: Literal["plain", "warm"] = "plain"
    length: Literal["short", "medium", "long"] = "medium"
    channel: str = ""
    writer: Literal["auto", "weights", "plain"] = "auto"  # auto: the weights if they can write this language
    seed: int = 0
    translated_from: str = ""  # the language whose approved text is translated; empty: a text is written


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that waits for the merchant, with everything needed to say where it came from."""

    product: int
    field: Field
    language: str
    text: str
    status: DraftStatus = "new"
    source: Writer = "plain"
    evidence: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: int = 0
    weights: str = ""
    weights_sha256: str = ""
    prompt: str = ""  # name and version of the prompt
    seed: int = 0
    facts: tuple[int, ...] = ()  # ids of the facts the writer was given
    stopped: bool = False  # the merchant pressed Stop; the text may end early
    made: str = ""
    id: int | None = None
    given: tuple[str, ...] = ()  # what each of those facts said (Fact.said); the shop looks it up where it is empty
    likelihood: float | None = None  # mean log-likelihood a token that the weights gave their own sentences
    rules: str = ""  # names and dates of the rule packs it was held against
    back: str = ""  # a translation, read back in the language it came from
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Writing for many products that outlives the window: kept in the shop file until it is done or cancelled."""

    id: int
    wishes: Wishes
    state: JobState  # waiting: nobody works at it; paused: somebody stopped it; stopped: cancelled for good
    done: int
    failed: int
    total: int
    made: str
    ended: str = ""
    what: Literal["describe"] = "describe"
    choice: JobChoice = ""
    action: int | None = None
    hours: str = ""  # "22:00-07:00": it runs by itself in these hours of the day, local time; empty: when asked to

    @property
    def left(self) -> int:
        """How many products are still to do."""
        return self.total - self.done - self.failed


@dataclass(frozen=True, slots=True)
class Edit:
    """A text as it was and as the merchant made it; what style is learned from."""

    product: int
    draft: int
    field: Field
    language: str
    before: str
    after: str
    at: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved which words of a draft, and when."""

    draft: int
    at: str
    who: str
    text: str


# --- weights ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Weights:
    """A GGUF file on this machine."""

    name: str
    path: str
    size: int  # bytes
    sha256: str = ""
    kind: Literal["writing", "meaning"] = "writing"
    languages: tuple[str, ...] = ()
    licence: str = ""
    purpose: str = ""
    architecture: str = ""
    parameters: int = 0
    quantisation: str = ""
    context: int = 0
    template: bool = False
    starter: bool = False


# --- actions ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Action:
    """One named thing the merchant did; the unit of undo."""

    id: int
    name: str  # an English template with its parameters filled when it was done, e.g. "Import products.csv"
    when: str
    undone: bool = False
    changes: int = 0


# --- import ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or one cell of it, that could not be read. Row 1 is the header."""

    row: int
    column: str
    why: str
    variant: str = ""  # the code (else the name) of a variant that is left out because its product is not there


@dataclass(frozen=True, slots=True)
class Matching:
    """What a second import of a file means; asked once and remembered."""

    match: tuple[Literal["sku", "handle", "title"], ...] = ("sku", "handle", "title")  # tried in this order
    wins: Literal["file", "mine"] = "mine"  # for fields the merchant edited here since the last import
    missing: Literal["keep", "archive"] = "keep"  # products of the same file that are no longer in it


# --- events ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loading:
    """Something is being made ready; ``fraction`` is 0…1 where it is known."""

    what: str
    fraction: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work is; ``total`` is None while nobody knows."""

    done: int
    total: int | None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A plain sentence the merchant should see, which stops nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some more text of a draft that is being written."""

    product: int
    field: Field
    text: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A sentence that was written and taken back, and why."""

    product: int
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft is in the shop file; from here on nothing can lose it."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Failed:
    """One item of a bulk job failed; the job goes on."""

    product: int
    why: str


@dataclass(frozen=True, slots=True)
class Imported:
    """The end of an import."""

    format: str
    encoding: str
    added: int = 0
    changed: int = 0
    skipped: int = 0
    archived: int = 0
    variants: int = 0
    problems: tuple[Problem, ...] = ()
    action: int | None = None
    stopped: bool = False
    unplaced: int = 0  # variants that were left out, since their product is not there


@dataclass(frozen=True, slots=True)
class Exported:
    """The end of an export; ``lost`` says in words what the format could not carry."""

    path: str
    format: str
    products: int
    texts: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """The end of a writing job."""

    count: int
    seconds: float
    prompt_tokens: int = 0
    decoded_tokens: int = 0
    kept_tokens: int = 0
    refused: int = 0
    action: int | None = None
    stopped: bool = False
    job: int | None = None
    own_words: int = 0  # of the weights, that stand in the drafts; neither what they were given to go on from nor ours


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an import's preview: what would happen to a product."""

    kind: Literal["add", "change", "same", "archive", "unplaced"]  # unplaced: a variant whose product is not there
    title: str
    sku: str
    product: int | None = None
    fields: tuple[tuple[str, str, str], ...] = field(default=())  # (field, before, after)
    variants: tuple[tuple[Variant, ...], tuple[Variant, ...]] = ((), ())  # before and after, where they change
    why: str = ""  # unplaced: why, and what to do


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, before it does it."""

    added: int
    changed: int
    same: int
    archived: int
    changes: tuple[Change, ...]  # the first few hundred, for the eye
    problems: tuple[Problem, ...] = ()
    again: bool = False  # this file, or one like it, was imported before: ask what a second import means
    unchanged: tuple[Change, ...] = ()  # the first few hundred that stay as they are
    unplaced: int = 0  # variants that stay out, since their product is not there


Event = (
    Loading | Progress | Note | Piece | Rejected | Saved | Failed | Imported | Exported | Described | Problem | Preview
)
