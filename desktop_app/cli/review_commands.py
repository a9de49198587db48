"""The commands about reviews: bring them in, sum them up, score how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desktop_app.cli.writing import show_draft
from desktop_app.errors import UserError
from desktop_app.records import Note, Progress
from desktop_app.review_records import ReviewsImported, Summary, ThemeCount
from desktop_app.words import _, several

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.cli.commands import Call
    from desktop_app.shop import Shop
    from desktop_app.tasks.review_desk import ReviewDesk
    from desktop_app.tasks.review_mismatches import Mismatch
    from desktop_app.tasks.understanding import Reader


def import_reviews(call: Call, mapping: Sequence[tuple[str, str]]) -> None:
    """Bring files of reviews into the shop, each as one action."""
    from desktop_app.tasks import import_reviews as task

    with call.shop() as shop:
        for file in call.wishes.files:
            reading = task.look(shop, file, encoding=call.wishes.encoding, mapping=dict(mapping))
            call.show.note(
                _("{name}: {format}, {encoding}", name=reading.name, format=reading.table.label,
                  encoding=reading.table.encoding)
            )  # fmt: skip
            if call.wishes.dry_run:
                columns = ", ".join(f"{column}={field}" for column, field in reading.table.mapping if field != "ignore")
                call.show.event("preview", columns, format=reading.format, rows=reading.table.rows,
                                mapping=dict(reading.table.mapping))  # fmt: skip
                continue
            if reading.scale != 5:
                call.show.note(
                    _("Some stars go beyond five, so all are read as out of {most}.", most=f"{reading.scale:g}")
                )
            for event in task.import_reviews(shop, call.stop, reading=reading):
                if isinstance(event, Progress):
                    _progress(call, event)
                else:
                    _imported(call, event, reading.name)
            if call.stop.is_set():
                return


def _imported(call: Call, event: ReviewsImported, name: str) -> None:
    if not (event.added or event.changed or event.skipped) and not event.stopped:
        raise UserError(
            "No review could be read from {name}. Nothing was changed. Say what the columns hold with --map "
            "COLUMN=FIELD.",
            name=name,
        )
    text = _(
        "{added} added, {changed} changed, {skipped} already here; {linked} belong to a product, {doubtful} are to be "
        "asked, {unlinked} name none.",
        added=event.added, changed=event.changed, skipped=event.skipped, linked=event.linked, doubtful=event.doubtful,
        unlinked=event.unlinked,
    )  # fmt: skip
    if event.action is not None:
        text += " " + _("Action {id}.", id=event.action)
    if event.problems:
        text += "\n" + several(
            "{count} row could not be read whole:", "{count} rows could not be read whole:", len(event.problems)
        )
        text += "".join(f"\n  {p.row}\t{p.column}\t{p.why}" for p in event.problems[:20])
    values = asdict(event) | {"variants": 0, "marked": dict(event.marked)}
    call.show.event("imported", text, **values)


@contextmanager
def reader(call: Call) -> Iterator[Reader]:
    """Give what reads reviews: with the weights for meaning where they are, by words alone where not."""
    from desktop_app.tasks.reading import open_reader

    made, engine = open_reader(call.settings)
    try:
        if engine is None:
            call.show.note(_("There are no weights for meaning here; texts are read by their words alone."))
        yield made
    finally:
        if engine is not None:
            engine.close()


def reviews(call: Call) -> None:
    """Sum up the reviews of products, from the table or in the weights' own words."""
    from desktop_app.tasks import products
    from desktop_app.tasks.reading import read_all
    from desktop_app.tasks.review_desk import ReviewDesk
    from desktop_app.tasks.summarise_reviews import summarise

    wishes = call.wishes
    with call.shop() as shop:
        if wishes.verb == "mark":
            _mark(call, shop)
            return
        ids = [products.find_one(shop, name) for name in wishes.products]
        if wishes.all or not ids:
            ids = [product for product, _n in shop.reviewed_products()]
        if not ids:
            raise UserError("There are no reviews of a product in this shop yet: zhanggui import reviews FILE")
        language = wishes.language or str(shop.setting("language", "en"))
        with reader(call) as made:
            for event in read_all(shop, made, call.stop):
                _progress(call, event)
            columns = ReviewDesk(made.version)
            if wishes.verb == "themes":
                _found(call, shop, made, columns)
                return
            does = {"page": _pages, "reply": _replies}.get(wishes.verb)
            if does is not None:
                does(call, shop, columns, ids, language)
                return
            found: Any = summarise(shop, made, call.stop, products=ids, language=language)
            if wishes.writer != "plain":
                found = _in_own_words(call, shop, columns, ids, language)
            for event in found:
                _show(call, shop, columns, event)


def _mark(call: Call, shop: Shop) -> None:
    """Mark every review again with today's rules; what the merchant decided stands."""
    from desktop_app.tasks.marking_reviews import mark_again

    for event in mark_again(shop, call.stop):
        if isinstance(event, Progress):
            _progress(call, event)
            continue
        said = _("{looked} reviews looked at, {changed} are marked otherwise now, {decided} stand as you decided.",
                 looked=event.looked, changed=event.changed, decided=event.decided)  # fmt: skip
        call.show.event("marked", _ended(said, event.action), **asdict(event))


def _pages(call: Call, shop: Shop, columns: ReviewDesk, ids: Sequence[int], language: str) -> None:
    """Draft the text about its reviews for each product's page, into the review queue."""
    from desktop_app.tasks.review_texts import PageWritten, write_pages

    asked = call.wishes.writer
    with call.engine() if asked != "plain" else nullcontext() as engine:
        for event in write_pages(shop, columns, call.stop, products=ids, language=language, engine=engine,
                                 anyway=asked == "weights"):  # fmt: skip
            if isinstance(event, PageWritten):
                text = several("{count} draft is ready", "{count} drafts are ready", event.count)
                call.show.event("done", _ended(text, event.action), **asdict(event))
            else:
                _written(call, event)


def _found(call: Call, shop: Shop, made: Reader, columns: ReviewDesk) -> None:
    """Look for themes among what fits none, and keep them."""
    from desktop_app.tasks.review_found import find_themes

    for event in find_themes(shop, made, columns, call.stop):
        if isinstance(event, Progress):
            _progress(call, event)
            continue
        for theme, count in event.themes:
            call.show.event("theme", f"{theme.name}\t{count}\t{', '.join(theme.words)}", theme=theme.key,
                            name=theme.name, count=count, words=list(theme.words))  # fmt: skip
        one = "{count} theme found in {n} remarks that fit none."
        many = "{count} themes found in {n} remarks that fit none."
        text = several(one, many, len(event.themes), n=event.looked)
        call.show.event("done", _ended(text, event.action), count=len(event.themes), looked=event.looked,
                        action=event.action)  # fmt: skip


def _replies(call: Call, shop: Shop, columns: ReviewDesk, ids: Sequence[int], language: str) -> None:
    """Draft an answer to every review of these products, in its own language, into the review queue."""
    from desktop_app.tasks.review_replies import Replied, reply_to_reviews

    reviews = [review for product in ids for review in shop.review_ids(product)]
    for event in reply_to_reviews(shop, call.stop, reviews=reviews, version=columns.version):
        if isinstance(event, Replied):
            text = several("{count} draft is ready", "{count} drafts are ready", event.drafted)
            call.show.event("done", _ended(text, event.action), **(asdict(event) | {"passed": dict(event.passed)}))
        else:
            _written(call, event)


def export(call: Call, shop: Shop) -> None:
    """Write the reviews, their themes, the summaries or the approved answers into a table."""
    from desktop_app.tasks import export_reviews, review_replies
    from desktop_app.tasks.reading import read_all
    from desktop_app.tasks.review_desk import ReviewDesk

    file, what = call.wishes.file, call.wishes.format or "reviews"
    if what != "answers" and what not in export_reviews.EXPORTS:
        raise UserError("Reviews do not go out as {format}. Known: {known}.", format=what,
                        known=", ".join((*export_reviews.EXPORTS, "answers")))  # fmt: skip
    if call.wishes.dry_run:
        count = len(shop.review_ids())
        said = several("{count} review is here. Nothing was written.", "{count} reviews are here. Nothing was written.",
                       count)  # fmt: skip
        call.show.event("preview", said, reviews=count)
        return
    if what == "answers":
        count = review_replies.export_replies(shop, file)
    else:
        with reader(call) as made:
            for event in read_all(shop, made, call.stop):
                _progress(call, event)
            language = str(shop.setting("language", "en"))
            count = export_reviews.EXPORTS[what](shop, ReviewDesk(made.version), file, language=language)
    call.show.event("exported", _("{n} rows in {file}.", n=count, file=file), path=str(file), rows=count)


def _written(call: Call, event: Any) -> None:
    """Show what was drafted so far."""
    if isinstance(event, Progress):
        _progress(call, event)
    elif isinstance(event, Note):
        call.show.note(event.text)
    else:
        show_draft(call.show, event.draft, "saved")


def _ended(text: str, action: int | None) -> str:
    return text if action is None else f"{text} " + _("Action {id}.", id=action)


def _in_own_words(call: Call, shop: Shop, columns: ReviewDesk, ids: Sequence[int], language: str) -> Iterator[Any]:
    from desktop_app.tasks.review_writing import write_summaries

    anyway = call.wishes.writer == "weights"
    with call.engine() as engine:
        yield from write_summaries(shop, engine, columns.index(shop), columns.version, call.stop, products=ids,
                                   language=language, anyway=anyway)  # fmt: skip


def _show(call: Call, shop: Shop, columns: ReviewDesk, event: Any) -> None:
    from desktop_app.tasks.review_mismatches import mismatches

    if isinstance(event, Progress):
        _progress(call, event)
    elif isinstance(event, Note):
        call.show.note(event.text)
    elif isinstance(event, Summary):
        _summary(call, event, mismatches(shop, columns, event.product, event.language))
    else:
        text = several(
            "{count} summary in the weights' own words: {own} sentences of {asked} asked.",
            "{count} summaries in the weights' own words: {own} sentences of {asked} asked.",
            event.count, own=event.own, asked=event.asked,
        )  # fmt: skip
        call.show.event("summarised", _ended(text, event.action), **asdict(event))


def _summary(call: Call, event: Summary, against: Sequence[Mismatch]) -> None:
    themes = [_theme(theme) for theme in event.themes]
    told = "".join(
        "\n" + _("Against “{claim}”: {quotes}", claim=one.claim, quotes=", ".join(f"“{q.text}”" for q in one.quotes))
        for one in against
    )
    if any(event.own):
        told += "\n" + _which(event)
    own = event.own or (False,) * len(event.sentences)
    call.show.event(
        "summary", f"id:{event.product}\t{event.text}{told}", product=event.product, count=event.count,
        rating=event.rating,
        themes=themes, text=event.text, enough=event.enough, language=event.language,
        singles=[_theme(theme) for theme in event.singles], aside=dict(event.aside),
        mismatches=[asdict(one) for one in against], source=event.source, weights=event.weights,
        sentences=[{"text": text, "themes": list(on), "source": "weights" if by_weights else "plain"}
                   for (text, on), by_weights in zip(event.sentences, own, strict=True)],
    )  # fmt: skip


def _which(event: Summary) -> str:
    """Say which sentences weights wrote."""
    numbers = ", ".join(str(n) for n, own in enumerate(event.own, 1) if own)
    return _("Sentences {numbers} are in the words of {name}; figures and quotes are the program's, as are all others.",
             numbers=numbers, name=event.weights)  # fmt: skip


def _theme(theme: ThemeCount) -> dict[str, Any]:
    return {
        "theme": theme.theme, "name": theme.name, "count": theme.count, "positive": theme.positive,
        "negative": theme.negative, "neutral": theme.neutral, "mixed": theme.mixed,
        "blame": dict(zip(("low", "share", "high"), (round(v, 4) for v in theme.share), strict=True)),
        "quotes": [{"review": q.review, "text": q.text, "start": q.start, "end": q.end, "polarity": q.polarity}
                   for q in theme.quotes],
    }  # fmt: skip


def evaluate(call: Call) -> None:
    """Score how reviews are read on a labelled file."""
    from desktop_app.tasks import evaluate_reviews as scoring
    from desktop_app.tasks.evaluate import Score

    wishes = call.wishes
    with reader(call) as made:
        if wishes.task == "sentiment":
            found: Any = scoring.evaluate_sentiment(
                call.stop, made, path=wishes.file, text=wishes.text, label=wishes.label
            )
        else:
            found = scoring.evaluate_aspects(
                call.stop, made, path=wishes.file, format=wishes.format, text=wishes.text or ""
            )
        for event in found:
            if isinstance(event, Progress):
                _progress(call, event)
            elif isinstance(event, Score):
                text = ", ".join(f"{name} {value}" for name, value in event.metrics.items())
                call.show.event("score", f"{event.task}, {event.n}: {text}", **asdict(event))
            elif wishes.rows:
                call.show.event("row", f"{event.n}\t{event.label}\t{event.predicted}", **asdict(event))


def _progress(call: Call, event: Progress) -> None:
    whole = f"/{event.total}" if event.total else ""
    call.show.progress(f"{event.what} {event.done}{whole}")
