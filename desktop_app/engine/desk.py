"""Where the weights lie in the engine's process: loaded when first needed, if memory allows, then asked."""

from __future__ import annotations

import contextlib
import json
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import llama_cpp as lib
import psutil
from llama_cpp import llama_grammar

from desktop_app import paths
from desktop_app.engine import choosing
from desktop_app.engine.llama import Model, Switch
from desktop_app.engine.llama_decoder import MOST_CELLS, LlamaDecoder, cell_bytes
from desktop_app.engine.manners import Manners
from desktop_app.engine.meaning import fits
from desktop_app.engine.memory import common
from desktop_app.engine.openings import Openings
from desktop_app.engine.pace import Pace
from desktop_app.engine.prompts import Template
from desktop_app.engine.scheduler import Happened, Scheduler, Shape
from desktop_app.engine.seam import Measures, Request
from desktop_app.engine.shelf import Shelf, identity
from desktop_app.engine.writing import Prompt
from desktop_app.errors import UserError
from desktop_app.records import Weights

if TYPE_CHECKING:
    from desktop_app.engine.child import Config

CELL_SHARE = 8  # the cells may take one part in so many of the memory that is free
WINDOW = 512  # tokens a likelihood looks back on at most


class Desk:
    """The writing weights and all that is written with them."""

    def __init__(self, config: Config) -> None:
        """Remember what to load; load nothing."""
        self._path, self._context, self._adapters = config.weights, config.context, tuple(config.adapters)
        self._shape = Shape() if config.parallel is None else Shape(bulk=config.parallel)
        self._layers = deque(config.layers)  # the first is tried, or is what was loaded
        self._pace, self._manners = Pace(config.threads, most=config.most_threads), Manners()
        self.switch = Switch()
        self.steps = 0
        self._seconds = 0.0
        self._model: Model | None = None
        self._decoder: LlamaDecoder | None = None
        self._loaded: Scheduler | None = None
        self._template: Template | None = None
        self._openings: Openings | None = None
        self.loading = False

    @property
    def progress(self) -> int:
        """A number that grows while texts are read or written, whoever asked for them."""
        return self._decoder.read if self._decoder is not None else 0

    @property
    def busy(self) -> bool:
        """Whether a text is being written."""
        return self._loaded is not None and self._loaded.busy

    def only(self, job: int) -> bool:
        """Say whether nobody but ``job`` is written for; asked from another thread, so the answer may be stale."""
        active = list(self._loaded.active) if self._loaded is not None else []
        return bool(active) and all(writing.job == job for writing in active)

    def submit(self, job: int, request: Request, resumed: dict[int, str] | None) -> None:
        """Take a request; ``resumed`` names the candidates still to be written with the text each already has."""
        scheduler = self._scheduler
        self._adapt(scheduler)
        candidates = dict.fromkeys(range(request.candidates), "") if resumed is None else resumed
        prompts = {c: (self._prompt(request, text), text) for c, text in candidates.items()}
        if self._openings is not None and prompts:
            self._openings.fetch(next(iter(prompts.values()))[0].tokens)
        scheduler.submit(job, request, prompts)

    def cancel(self, job: int) -> list[Happened]:
        """End everything of a job."""
        return self._loaded.cancel(job) if self._loaded is not None else []

    def put_by(self) -> bool:
        """Keep one beginning for the next start if there is one worth it, and say so; for when nothing else is due."""
        return self._openings is not None and self._openings.put_by()

    def step(self) -> list[Happened]:
        """Decode once."""
        began = time.perf_counter()
        scheduler = self._scheduler
        watched = any(w.interactive for w in scheduler.active)
        self._manners.work(watched=watched)
        threads = self._pace.threads(watched=watched)
        if self._decoder is not None:
            self._decoder.use_threads(threads)
        events = scheduler.step()
        self.steps += 1
        self._seconds += time.perf_counter() - began
        return events

    def use_adapters(self, chosen: Sequence[tuple[Path, float]]) -> None:
        """Write with these adapters as soon as nothing is under way; `UserError` for one that does not fit."""
        if self._decoder is not None:
            self._decoder.read_adapters(chosen)
        self._adapters = tuple(chosen)

    def _adapt(self, scheduler: Scheduler) -> None:
        if self._decoder is None or scheduler.busy or self._decoder.adapters == self._adapters:
            return
        while scheduler.kept:  # what was read with other adapters is of no use now
            scheduler.make_way()
        self._decoder.adapt(self._adapters)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens a text has."""
        return len(self._ready().tokens(text, begin=False, special=False))

    def choose(self, text: str, labels: Sequence[str]) -> list[float]:
        """Return probabilities over the labels."""
        scheduler, model = self._scheduler, self._ready()
        tokens = model.tokens(text, begin=True, special=False) or [max(int(lib.llama_vocab_bos(model.vocabulary)), 0)]
        options = [model.tokens(label, begin=False, special=False) for label in labels]
        if not all(options):
            raise UserError("A label to choose from is empty.")
        needed, room = len(tokens) + max(map(len, options), default=0), scheduler.decoder.context
        if needed > room:
            raise UserError("This text has {needed} tokens, but these weights hold {room} at a time.",
                            needed=needed, room=room)  # fmt: skip
        return choosing.choose(scheduler, tokens, options)

    def likelihood(self, text: str) -> tuple[float, int]:
        """Return the log probability of a text and its tokens; a long one is read in windows that overlap by half."""
        scheduler, model = self._scheduler, self._ready()
        tokens = model.tokens(text, begin=True, special=False)
        window = min(WINDOW, scheduler.decoder.context)
        total, at = choosing.likelihood(scheduler, tokens[:window]) if len(tokens) > 1 else 0.0, window
        while at < len(tokens):
            some = tokens[at - window // 2 : at + window // 2]
            total += choosing.likelihood(scheduler, some, seen=window // 2)
            at += window // 2
        return total, max(len(tokens) - 1, 0)

    def measures(self) -> Measures:
        """Return what was spent so far."""
        decoder, memory = self._decoder, psutil.Process().memory_info()
        return Measures(
            decodes=self.steps, tokens=decoder.read if decoder else 0,
            seconds=self._seconds, seconds_in_llama=decoder.seconds if decoder else 0.0,
            memory=memory.rss, parallel=self._shape.bulk, layers=self._model.layers if self._model else 0,
            of=self._model.all_layers if self._model else 0,
        )  # fmt: skip

    def about(self) -> Weights:
        """Return what the weights say about themselves."""
        model = self._ready()
        return Weights(
            name=self._named.stem, path=str(self._named), size=self._named.stat().st_size, kind="writing",
            licence=model.setting("general.license"), architecture=model.setting("general.architecture"),
            parameters=int(lib.llama_model_n_params(model.handle)), quantisation=_quantisation(model),
            context=self._scheduler.decoder.context, template=bool(model.setting("tokenizer.chat_template")),
        )  # fmt: skip

    @property
    def _named(self) -> Path:
        if self._path is None:
            raise UserError("There are no weights to write with. Choose some on the Weights page.")
        return self._path

    def _ready(self) -> Model:
        while self._model is None:
            layers = self._layers[0]
            try:
                if not layers:
                    fits(self._named)
                with self._loads():
                    self._model = Model(self._named, layers)
            except UserError:
                if not self._fewer():
                    raise
        return self._model

    def _fewer(self) -> bool:
        """Go on with fewer layers on the graphics card; False where none are there already."""
        if len(self._layers) < 2:
            return False
        self._layers.popleft()
        if self._model is not None:
            self._model.close()
            self._model = None
        return True

    @contextlib.contextmanager
    def _loads(self) -> Iterator[None]:
        self.loading = True
        try:
            yield
        finally:
            self.loading = False

    @property
    def _scheduler(self) -> Scheduler:
        if self._loaded is None:
            decoder = self._decoding()
            model, shape = decoder.model, self._shape
            begin, end = lib.llama_vocab_bos(model.vocabulary), lib.llama_vocab_eos(model.vocabulary)
            self._template = Template(
                self._named.name, model.setting("tokenizer.chat_template"), model.text_of(begin), model.text_of(end),
                model.control_texts(),
            )  # fmt: skip
            self._decoder, self._loaded = decoder, Scheduler(decoder, shape)
            if decoder.forks and decoder.rollback:
                self._openings = Openings(self._loaded, decoder, Shelf(paths.cache() / "beginnings"), self._identity)
        return self._loaded

    def _decoding(self) -> LlamaDecoder:
        while True:
            model = self._ready()
            try:
                with self._loads():
                    return LlamaDecoder(
                        model, self.switch, sequences=self._shape.sequences, cells=self._cells(model),
                        threads=self._pace.most, adapters=self._adapters,
                    )  # fmt: skip
            except UserError:  # the cells did not fit beside so many layers
                if not model.layers or not self._fewer():
                    raise

    def _identity(self) -> str:
        """Return what tells these weights, with these adapters, in this llama.cpp, from all others."""
        return identity([(self._named, 1.0), *self._adapters], lib.__version__)

    def _cells(self, model: Model) -> int:
        if self._context:
            return self._context
        share = psutil.virtual_memory().available // CELL_SHARE
        return int(max(1024, min(MOST_CELLS, share // cell_bytes(model) // 256 * 256)))

    def _prompt(self, request: Request, resumed: str) -> Prompt:
        template, model = self._template, self._ready()
        assert template is not None
        behind = template.harmless(request.prefill) + template.harmless(resumed)
        begin = lib.llama_vocab_bos(model.vocabulary)
        if not request.messages:
            tokens = model.tokens(request.prompt + behind, begin=True, special=False)
            return Prompt(tokens or [max(begin, 0)], (), _grammar(request))
        rendered = template.render(request.messages)
        text = rendered + behind
        opened = bool(begin >= 0 and model.text_of(begin) and text.startswith(model.text_of(begin)))
        tokens = model.tokens(text, begin=not opened, special=True)
        before = text[: max(rendered.rfind(template.harmless(request.messages[-1].text).strip()), 0)]
        same = common(model.tokens(before, begin=not opened, special=True), tokens) if before else 0
        return Prompt(tokens or [max(begin, 0)], template.stops, _grammar(request), same)


def _quantisation(model: Model) -> str:
    return model.description().rpartition(" ")[2]


def _grammar(request: Request) -> str | None:
    if request.json_schema is None:
        return request.grammar
    try:
        return str(llama_grammar.json_schema_to_gbnf(json.dumps(json.loads(request.json_schema))))
    except Exception as error:  # the converter raises whatever it trips over
        raise UserError(
            "The JSON schema cannot be used: {reason}.", reason=f"{type(error).__name__}: {error}"
        ) from error
