"""What the shop knows: brought in from files, typed, mined; read again when a file changed; gaps answered."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.knowledge import KnowledgeFile, read_knowledge
from desktop_app.formats.reading import load
from desktop_app.knowledge_records import KnowledgeImported, Passage, Source
from desktop_app.language import masking
from desktop_app.language.tongue import language_of
from desktop_app.records import Action, Progress
from desktop_app.shop import Shop
from desktop_app.tasks.products import now
from desktop_app.words import _

BATCH = 500  # passages in one transaction


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file of knowledge found, before anything is changed."""

    path: Path
    sha256: str
    file: KnowledgeFile
    source: Source | None  # where this file was read before

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def look(shop: Shop, path: Path, *, mapping: Mapping[str, str] | None = None) -> Looked:
    """Read a file of knowledge without keeping anything; UserError for one that holds none or cannot be read."""
    data = load(path)
    file = read_knowledge(path, mapping, data)
    if not file.passages:
        raise UserError(
            "No question or passage could be read from {name}. Nothing was changed. Say what the columns hold with "
            "--map COLUMN=FIELD (question, answer).",
            name=path.name,
        )  # fmt: skip
    place = str(path.resolve())
    known = [s for s in shop.knowledge_sources() if s.path == place]
    return Looked(path, hashlib.sha256(data).hexdigest(), file, known[0] if known else None)


def import_knowledge(shop: Shop, stop: threading.Event, *, looked: Looked) -> Iterator[Progress | KnowledgeImported]:
    """Bring the passages of a file into the shop as one action; a file read before is brought to what it says now.

    A passage whose words are the same stays the row it was, so what rests on it stays and nothing is computed anew.
    """
    file = looked.file
    action = shop.begin("Read {name} into the knowledge", name=looked.name)
    end = KnowledgeImported(looked.name, file.format, file.encoding, problems=file.problems)
    yield from _as_one(shop, stop, action, lambda: _source(shop, looked), file.passages, end)


def changed_files(shop: Shop) -> list[Source]:
    """Return the sources whose file lies there with other words than were read; one that is gone is left alone."""
    found = []
    for source in shop.knowledge_sources():
        path = Path(source.path)
        if source.path and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() != source.sha256:
            found.append(source)
    return found


def read_again(shop: Shop, stop: threading.Event) -> Iterator[Progress | KnowledgeImported]:
    """Read every file that changed since it was read, each as one action."""
    for source in changed_files(shop):
        if stop.is_set():
            return
        yield from import_knowledge(shop, stop, looked=look(shop, Path(source.path)))


def read_approved(shop: Shop, stop: threading.Event) -> Iterator[Progress | KnowledgeImported]:
    """Make the approved descriptions part of the knowledge, as one action; read anew, it holds what is approved now."""
    texts = [draft for draft in shop.approved() if draft.field == "description"]
    titles = {p.id: p.title for p in shop.products(sorted({draft.product for draft in texts}))}
    passages = [Passage(draft.text, titles.get(draft.product, ""), draft.language, start=0) for draft in texts]
    before = next((s.id for s in shop.knowledge_sources() if s.kind == "approved"), None)
    name = _("Approved texts")
    action = shop.begin("Read the approved texts into the knowledge")

    def source() -> int:
        return before or shop.add_knowledge_source(Source(name, "approved"))

    yield from _as_one(shop, stop, action, source, passages, KnowledgeImported(name, "approved"))


def add_policy(
    shop: Shop, *, text: str, question: str = "", valid_from: str = "", valid_to: str = "", gap: int | None = None
) -> int:
    """Keep an answer or policy that was typed; where it answers a gap, that is settled with it. Return the passage."""
    if not text.strip():
        raise UserError("There are no words to keep. Nothing was changed.")
    with shop.act("Add to the knowledge: {title}", title=(question or text)[:60]):
        passage = Passage(text.strip(), question.strip(), language_of(text), source=typed(shop), start=0,
                          valid_from=valid_from, valid_to=valid_to)  # fmt: skip
        (id,) = shop.add_passages([passage])
        if gap is not None:
            shop.set_gap(gap, "answered", id)
    return id


def change_passage(shop: Shop, passage: Passage) -> None:
    """Keep a passage as the merchant changed it: its words, its question, the days on which it answers."""
    if not passage.text.strip():
        raise UserError("There are no words to keep. Nothing was changed.")
    with shop.act("Change the knowledge: {title}", title=(passage.question or passage.text)[:60]):
        shop.replace_passage(passage)


def remove_passages(shop: Shop, ids: Sequence[int]) -> None:
    """Take passages out of the shop's knowledge."""
    with shop.act("Take {count} passages out of the knowledge", count=len(ids)):
        shop.remove_passages(ids)


def remove_source(shop: Shop, source: Source) -> None:
    """Take a source and all its passages out of the shop's knowledge; the file itself is left alone."""
    with shop.act("Take {name} out of the knowledge", name=source.name):
        shop.remove_knowledge_source(source.id or 0)


def note_gaps(shop: Shop, questions: Sequence[str]) -> Action | None:
    """Put questions without an answer on the list, personal data masked; one that is there is counted once more.

    None where there are none.
    """
    if not questions:
        return None
    with shop.act("Note {count} questions without an answer", count=len(questions)) as action:
        for question in questions:
            shop.add_gap(masking.mask(question).text, language_of(question))
    return action


def ignore_gap(shop: Shop, gap: int) -> None:
    """Take a question off the list without an answer."""
    with shop.act("Leave a question without an answer"):
        shop.set_gap(gap, "ignored")


def typed(shop: Shop) -> int:
    """Return the source that holds what was typed in the program, made where there is none; inside an action."""
    known = next((s.id for s in shop.knowledge_sources() if s.kind == "policy" and not s.path), None)
    return known or shop.add_knowledge_source(Source(_("Typed here"), "policy"))


@dataclass(slots=True)
class _Count:
    added: int = 0
    changed: int = 0
    skipped: int = 0
    removed: int = 0
    left: tuple[int, ...] = ()  # passages that the file no longer holds


def _as_one(
    shop: Shop, stop: threading.Event, action: Action, source: Callable[[], int], passages: Sequence[Passage],
    end: KnowledgeImported,
) -> Iterator[Progress | KnowledgeImported]:  # fmt: skip
    """Bring a source to these passages within an action that was begun, and end with ``end``, counted."""
    count = _Count()
    try:
        with shop.step(action):
            place = source()
        yield from _brought(shop, stop, action, place, passages, count)
        if not stop.is_set():
            count.removed = len(count.left)
            with shop.step(action):
                shop.remove_passages(count.left)
    finally:
        ended = shop.end(action)
    yield replace(
        end, added=count.added, changed=count.changed, skipped=count.skipped, removed=count.removed,
        action=ended.id if ended else None, stopped=stop.is_set(),
    )  # fmt: skip


def _source(shop: Shop, looked: Looked) -> int:
    file = looked.file
    languages = [language_of(p.text) for p in file.passages[:50]]
    source = Source(
        looked.name, file.kind, str(looked.path.resolve()), looked.sha256,
        max(set(languages), key=languages.count), now(), id=looked.source.id if looked.source else None,
    )  # fmt: skip
    if source.id is None:
        return shop.add_knowledge_source(source)
    shop.replace_knowledge_source(source)
    return source.id


def _brought(
    shop: Shop, stop: threading.Event, action: Action, source: int, passages: Sequence[Passage], count: _Count
) -> Iterator[Progress]:
    """Bring each passage in: the same words again, the same question with another answer, or a new one."""
    before = shop.passages(source=source)
    same: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in reversed(before):
        same[passage.question, passage.text].append(passage)
    fresh, met = list[Passage](), set[int]()
    for start in range(0, len(passages), BATCH):
        if stop.is_set():
            break
        with shop.step(action):
            for passage in passages[start : start + BATCH]:
                passage = replace(passage, source=source, language=passage.language or language_of(passage.text))
                known = same[passage.question, passage.text].pop() if same[passage.question, passage.text] else None
                if known is None:
                    fresh.append(passage)
                    continue
                met.add(known.id or 0)
                again = replace(passage, id=known.id, source_name=known.source_name)
                count.changed += again != known and (again.valid_from, again.valid_to) != (
                    known.valid_from,
                    known.valid_to,
                )
                count.skipped += (again.valid_from, again.valid_to) == (known.valid_from, known.valid_to)
                if again != known:
                    shop.replace_passage(again)
        yield Progress(min(start + BATCH, len(passages)), len(passages), "passages")
    _kept_fresh(shop, action, before, fresh, met, count)


def _kept_fresh(
    shop: Shop, action: Action, before: Sequence[Passage], fresh: Sequence[Passage], met: set[int], count: _Count
) -> None:
    """Keep the new passages; one that asks what a passage that is gone asked takes that one's place."""
    gone = {p.question: p for p in before if p.id not in met and p.question}
    with shop.step(action):
        for passage in fresh:
            old = gone.pop(passage.question, None)
            if old is None:
                shop.add_passages([passage])
                count.added += 1
            else:
                met.add(old.id or 0)
                shop.replace_passage(replace(passage, id=old.id))
                count.changed += 1
    count.left = tuple(p.id or 0 for p in before if p.id not in met)
