"""What the shop knows: brought in from files, typed, mined; read again when a file changed; gaps answered."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.knowledge import KnowledgeFile, read_knowledge
from desktop_app.formats.lasting import days_of
from desktop_app.formats.reading import load
from desktop_app.knowledge_records import KnowledgeImported, Passage, PassageChange, Source
from desktop_app.language import masking
from desktop_app.language.tongue import language_of
from desktop_app.records import Action, Progress
from desktop_app.shop import Shop
from desktop_app.tasks.knowledge_kept import Bringing, Count
from desktop_app.tasks.products import now
from desktop_app.words import _


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
    """Read every file that changed since it was read, and the approved texts where they are used."""
    for source in changed_files(shop):
        if stop.is_set():
            return
        yield from import_knowledge(shop, stop, looked=look(shop, Path(source.path)))
    if not stop.is_set() and any(source.kind == "approved" for source in shop.knowledge_sources()):
        yield from read_approved(shop, stop)


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
    shop: Shop, *, text: str, question: str = "", valid_from: str | None = None, valid_to: str | None = None,
    gap: int | None = None,
) -> int:  # fmt: skip
    """Keep an answer or policy that was typed; where it answers a gap, that is settled with it. Return the passage.

    Days that are None are read from its words: a promotion ends, its answer ends; "" is for ever.
    """
    if not text.strip():
        raise UserError("There are no words to keep. Nothing was changed.")
    first, last = days_of(text, now()[:10], offers=True)
    since, until = first if valid_from is None else valid_from, last if valid_to is None else valid_to
    _in_order(since, until)
    with shop.act("Add to the knowledge: {title}", title=(question or text)[:60]):
        passage = Passage(text.strip(), question.strip(), language_of(text), source=typed(shop), start=0,
                          valid_from=since, valid_to=until)  # fmt: skip
        (id,) = shop.add_passages([passage])
        if gap is not None:
            shop.set_gap(gap, "answered", id)
    return id


def change_passage(shop: Shop, passage: Passage) -> None:
    """Keep a passage as the merchant changed it: its words, its question, the days on which it answers.

    What its file says is remembered, so that the change stays when the file is read again.
    """
    if not passage.text.strip():
        raise UserError("There are no words to keep. Nothing was changed.")
    _in_order(passage.valid_from, passage.valid_to)
    before = shop.passage(passage.id or 0)
    if before == passage:
        return
    if before.text != passage.text:
        passage = replace(passage, language=language_of(passage.text) or passage.language)
    with shop.act("Change the knowledge: {title}", title=(passage.question or passage.text)[:60]):
        if _is_read(shop, before):
            _remember(shop, before, passage)
        shop.replace_passage(passage)


def settle_passage(shop: Shop, id: int, *, mine: bool) -> None:
    """Say whose words stand where the merchant and the file both changed a passage, or the file dropped it."""
    change = next(iter(shop.passage_changes(passage=id)), None)
    if change is None or not change.asks:
        return
    passage = shop.passage(id)
    with shop.act("Change the knowledge: {title}", title=(passage.question or passage.text)[:60]):
        if mine and change.news is not None:
            shop.keep_passage_change(_says(change, change.news))
            return
        shop.drop_passage_change(id)
        if mine:
            shop.replace_passage(replace(passage, source=typed(shop), page=0, row=0, start=0))
        elif change.news is not None:
            fresh = change.news
            shop.replace_passage(replace(
                passage, question=fresh.question, text=fresh.text, language=language_of(fresh.text),
                valid_from=fresh.valid_from, valid_to=fresh.valid_to,
            ))  # fmt: skip
        else:
            shop.remove_passages([id])


def remove_passages(shop: Shop, ids: Sequence[int]) -> None:
    """Take passages out of the shop's knowledge; those of a file stay out when it is read again."""
    with shop.act("Take {count} passages out of the knowledge", count=len(ids)):
        for id in ids:
            passage = shop.passage(id)
            if _is_read(shop, passage):
                known = shop.passage_changes(passage=id)
                change = known[0] if known else _says(PassageChange(passage.source or 0, id, "", ""), passage)
                shop.drop_passage_change(id)
                shop.keep_passage_change(replace(change, passage=0, news=None, gone=False, id=None))
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


def _as_one(
    shop: Shop, stop: threading.Event, action: Action, source: Callable[[], int], passages: Sequence[Passage],
    end: KnowledgeImported,
) -> Iterator[Progress | KnowledgeImported]:  # fmt: skip
    """Bring a source to these passages within an action that was begun, and end with ``end``, counted."""
    count = Count()
    try:
        with shop.step(action):
            place = source()
        yield from Bringing(shop, action, place, count).bring(stop, passages)
    finally:
        ended = shop.end(action)
    yield replace(
        end, added=count.added, changed=count.changed, skipped=count.skipped, removed=count.removed, kept=count.kept,
        asks=count.asks, action=ended.id if ended else None, stopped=stop.is_set(),
    )  # fmt: skip


def _in_order(since: str, until: str) -> None:
    if since and until and until < since:
        raise UserError("The last day lies before the first. Nothing was changed.")


def _is_read(shop: Shop, passage: Passage) -> bool:
    """Tell whether a passage comes from something that is read again: a file, or the approved texts."""
    return any(s.id == passage.source and (s.path or s.kind == "approved") for s in shop.knowledge_sources())


def _remember(shop: Shop, before: Passage, after: Passage) -> None:
    """Keep what the file says of a passage that is changed; nothing where it is changed back."""
    known = shop.passage_changes(passage=before.id or 0)
    change = known[0] if known else _says(PassageChange(before.source or 0, before.id or 0, "", ""), before)
    if change.news is not None:  # who changes it now has seen what the file says since
        change = _says(change, change.news)
    told = (change.question, change.text, change.valid_from, change.valid_to)
    if told == (after.question, after.text, after.valid_from, after.valid_to) and not change.gone:
        shop.drop_passage_change(before.id or 0)
    else:
        shop.keep_passage_change(change)


def _says(change: PassageChange, passage: Passage) -> PassageChange:
    return replace(
        change, question=passage.question, text=passage.text, valid_from=passage.valid_from,
        valid_to=passage.valid_to, news=None, gone=False,
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
