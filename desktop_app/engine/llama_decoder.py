"""llama.cpp behind the decoder seam: batches decoded, beginnings lent, ends taken back, tokens drawn."""

from __future__ import annotations

import contextlib
import ctypes
import math
import time
from collections.abc import Sequence
from pathlib import Path

import llama_cpp as lib
import numpy as np
import numpy.typing as npt

from desktop_app.engine.adapters import Adapters
from desktop_app.engine.decoder import Aborted, Chain, NoRoom
from desktop_app.engine.llama import Model, Switch, complaints
from desktop_app.engine.seam import Sampling
from desktop_app.errors import UserError

MOST_CELLS, LEAST_CELLS = 8_192, 1_024
BATCH = 512
FAINT = -80.0  # what is e^80 times less likely than the likeliest adds nothing, and slower than anything else
PENALTY_WINDOW = 64  # tokens a repeat penalty looks back on

_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


class LlamaChain:
    """One chain of llama.cpp's samplers, and the grammar beside it."""

    def __init__(self, model: Model, sampling: Sampling, seed: int, grammar: str | None) -> None:
        """Build penalties, top-k, top-p, min-p, temperature and the seeded draw, in llama.cpp's usual order."""
        self.grammar = None
        self.handle = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if grammar is not None:
            self.grammar = lib.llama_sampler_init_grammar(model.vocabulary, grammar.encode(), b"root")
            if not self.grammar:
                raise UserError("The grammar cannot be read: {reason}.", reason=complaints())
        if sampling.repeat_penalty != 1.0:
            self._add(
                lib.llama_sampler_init_penalties(
                    lib.llama_vocab_n_tokens(model.vocabulary), PENALTY_WINDOW, sampling.repeat_penalty, 0.0, 0.0
                )
            )
        if sampling.temperature <= 0:
            self._add(lib.llama_sampler_init_greedy())
            return
        self._add(lib.llama_sampler_init_top_k(sampling.top_k))
        self._add(lib.llama_sampler_init_top_p(sampling.top_p, 1))
        self._add(lib.llama_sampler_init_min_p(sampling.min_p, 1))
        self._add(lib.llama_sampler_init_temp(sampling.temperature))
        self._add(lib.llama_sampler_init_dist(seed))

    def accept(self, token: int) -> None:
        """Take note of a token that was not drawn here."""
        lib.llama_sampler_accept(self.handle, token)
        if self.grammar:
            lib.llama_sampler_accept(self.grammar, token)

    def _add(self, sampler: object) -> None:
        lib.llama_sampler_chain_add(self.handle, sampler)

    def __del__(self) -> None:
        for sampler in (self.handle, self.grammar):
            if sampler:
                lib.llama_sampler_free(sampler)


class LlamaDecoder:
    """Weights in memory with room for many sequences in one unified memory."""

    def __init__(
        self,
        model: Model,
        switch: Switch,
        *,
        sequences: int,
        cells: int,
        threads: int,
        adapters: Sequence[tuple[Path, float]] = (),
    ) -> None:
        """Make a context; with too little memory it is made smaller, and in the end refused with a `UserError`."""
        model.must_write()
        self.model, self.sequences, self.batch = model, sequences, BATCH
        self._switch, self._threads = switch, threads
        self.seconds, self.read = 0.0, 0  # spent decoding, and on how many tokens
        self.handle, self.cells = _context(model, switch, sequences, cells, threads)
        trained, room = lib.llama_model_n_ctx_train(model.handle), int(lib.llama_n_ctx_seq(self.handle))
        self.context = min(room, trained) if trained > 0 else room
        # A state that runs along with the text (Mamba and kin) can be neither lent in part nor wound back.
        running = lib.llama_model_is_recurrent(model.handle) or lib.llama_model_is_hybrid(model.handle)
        self.forks = self.rollback = not running
        self._memory = lib.llama_get_memory(self.handle)
        self._vocabulary = lib.llama_vocab_n_tokens(model.vocabulary)
        self._ends: dict[int, bool] = {}
        self._adapters = Adapters(model)
        try:
            self.adapt(adapters)
        except UserError:
            self.close()
            raise
        self._make_batch()
        self._views: dict[int, npt.NDArray[np.float32]] = {}
        self._scratch = np.empty(self._vocabulary, np.float32)
        self._ids = np.arange(self._vocabulary, dtype=np.int32)
        self._candidates = np.empty(self._vocabulary, _CANDIDATE)

    def _make_batch(self) -> None:
        self._tokens = np.zeros(BATCH, np.int32)
        self._positions = np.zeros(BATCH, np.int32)
        self._seats = np.zeros(BATCH, np.int32)
        self._wanted = np.zeros(BATCH, np.int8)
        self._ones = np.ones(BATCH, np.int32)
        step = self._seats.itemsize
        pointers = (ctypes.POINTER(lib.llama_seq_id) * BATCH)(
            *(ctypes.cast(self._seats.ctypes.data + i * step, ctypes.POINTER(lib.llama_seq_id)) for i in range(BATCH))
        )
        self._pointers = pointers
        self._batch = lib.llama_batch(
            0,
            self._tokens.ctypes.data_as(ctypes.POINTER(lib.llama_token)),
            None,
            self._positions.ctypes.data_as(ctypes.POINTER(lib.llama_pos)),
            self._ones.ctypes.data_as(ctypes.POINTER(ctypes.c_int32)),
            pointers,
            self._wanted.ctypes.data_as(ctypes.POINTER(ctypes.c_int8)),
        )

    def close(self) -> None:
        """Give the memory back; the model stays."""
        if self.handle:
            lib.llama_free(self.handle)
            self.handle = None
        self._adapters.close()

    def read_adapters(self, chosen: Sequence[tuple[Path, float]]) -> None:
        """Read these adapters without using them yet; `UserError` for one that does not fit the weights."""
        self._adapters.read(chosen)

    def adapt(self, chosen: Sequence[tuple[Path, float]]) -> None:
        """Use these adapters from now on, in place of others; what the memory holds was read with those."""
        self.adapters = tuple(chosen)
        self._adapters.use(self.handle, self.adapters)

    def use_threads(self, threads: int) -> None:
        """Decode with so many threads from now on."""
        if threads != self._threads:
            self._threads = threads
            lib.llama_set_n_threads(self.handle, threads, threads)

    def piece(self, token: int) -> bytes:
        """Return the bytes a token stands for."""
        return self.model.piece(token)

    def ends(self, token: int) -> bool:
        """Say whether a token means that the text is over."""
        known = self._ends.get(token)
        if known is None:
            known = self._ends[token] = bool(lib.llama_vocab_is_eog(self.model.vocabulary, token))
        return known

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of plain text, as a continuation."""
        return self.model.tokens(text, begin=False, special=False)

    def chain(self, sampling: Sampling, seed: int, grammar: str | None) -> Chain:
        """Return a new chain; `UserError` if the grammar cannot be read."""
        return LlamaChain(self.model, sampling, seed, grammar)

    def decode(
        self, tokens: Sequence[int], positions: Sequence[int], sequences: Sequence[int], wanted: Sequence[bool]
    ) -> None:
        """Read one token each into its sequence. Raises `Aborted`, `NoRoom`, or `RuntimeError` for what is worse."""
        count = len(tokens)
        self._tokens[:count], self._positions[:count] = tokens, positions
        self._seats[:count], self._wanted[:count] = sequences, wanted
        self._batch.n_tokens = count
        began = time.perf_counter()
        answer = lib.llama_decode(self.handle, self._batch)
        self.seconds += time.perf_counter() - began
        if answer == 0:
            self.read += count
            return
        if answer == 1:
            raise NoRoom
        if answer == 2:
            self._switch.off()  # it was meant for this decode; whoever tries again must get through
            raise Aborted
        raise RuntimeError(f"llama_decode answered {answer}: {complaints()}")

    def sample(self, chain: Chain, index: int) -> int:
        """Draw what follows the token at ``index`` of the last batch."""
        assert isinstance(chain, LlamaChain)
        if chain.grammar:
            return self._sample_bound(chain, index)
        return int(lib.llama_sampler_sample(chain.handle, self.handle, index))

    def chance(self, index: int, token: int) -> float:
        """Return the log of the probability that ``token`` follows the token at ``index`` of the last batch."""
        logits = self._logits(index)
        top = float(logits.max())
        np.subtract(logits, top, out=self._scratch)
        np.maximum(self._scratch, FAINT, out=self._scratch)
        np.exp(self._scratch, out=self._scratch)
        return float(logits[token]) - top - math.log(float(self._scratch.sum()))

    def _logits(self, index: int) -> npt.NDArray[np.float32]:
        pointer = lib.llama_get_logits_ith(self.handle, index)
        address = ctypes.addressof(pointer.contents)
        view = self._views.get(address)  # llama.cpp reuses its buffers, and making a view costs more than using it
        if view is None:
            view = np.frombuffer((ctypes.c_float * self._vocabulary).from_address(address), np.float32)
            self._views[address] = view
        return view

    def _sample_bound(self, chain: LlamaChain, index: int) -> int:
        """Draw freely; only if the grammar refuses that token, hold all against it, which is slow, and draw again."""
        token = self._draw(chain, index, bound=False)
        one = (lib.llama_token_data * 1)(lib.llama_token_data(token, 1.0, 0.0))
        alone = lib.llama_token_data_array(one, 1, -1, False)
        lib.llama_sampler_apply(chain.grammar, ctypes.byref(alone))
        if alone.size == 0 or one[0].logit == -math.inf:
            token = self._draw(chain, index, bound=True)
        if token < 0:
            return self._any_end()
        chain.accept(token)
        return token

    def _draw(self, chain: LlamaChain, index: int, *, bound: bool) -> int:
        self._candidates["id"], self._candidates["logit"], self._candidates["p"] = self._ids, self._logits(index), 0.0
        array = lib.llama_token_data_array(
            self._candidates.ctypes.data_as(lib.llama_token_data_p), self._vocabulary, -1, False
        )
        if bound:
            lib.llama_sampler_apply(chain.grammar, ctypes.byref(array))
            if not np.isfinite(self._candidates["logit"]).any():
                return -1  # the grammar allows nothing more
        lib.llama_sampler_apply(chain.handle, ctypes.byref(array))
        return int(array.data[array.selected].id)

    def _any_end(self) -> int:
        return int(lib.llama_vocab_eos(self.model.vocabulary))

    def fork(self, source: int, target: int, length: int) -> None:
        """Lend the first ``length`` tokens of one sequence to an empty one."""
        lib.llama_memory_seq_cp(self._memory, source, target, 0, length)

    def cut(self, sequence: int, length: int) -> None:
        """Forget what a sequence holds beyond its first ``length`` tokens."""
        if not lib.llama_memory_seq_rm(self._memory, sequence, length if length else -1, -1):
            raise RuntimeError(f"the memory would not give back sequence {sequence} from {length}")

    def state(self, sequence: int) -> memoryview | None:
        """Return what the memory holds of a sequence, for `restore`; None where it cannot be told."""
        size = lib.llama_state_seq_get_size(self.handle, sequence)
        try:
            room = (ctypes.c_uint8 * size)()
        except MemoryError:
            return None
        written = lib.llama_state_seq_get_data(self.handle, room, size, sequence)
        return memoryview(room).cast("B") if size and written == size else None

    def restore(self, sequence: int, state: memoryview) -> bool:
        """Let an empty sequence hold what `state` told of one; False, and it is empty, where that does not fit."""
        held = (ctypes.c_uint8 * len(state)).from_buffer(state)
        if lib.llama_state_seq_set_data(self.handle, held, len(state), sequence) == len(state):
            return True
        lib.llama_memory_seq_rm(self._memory, sequence, -1, -1)
        return False


def cell_bytes(model: Model) -> int:
    """Return how much memory one token takes in the context."""
    kind = model.setting("general.architecture")
    heads, shared = int(lib.llama_model_n_head(model.handle)), int(lib.llama_model_n_head_kv(model.handle))
    usual = int(lib.llama_model_n_embd(model.handle)) // max(heads, 1)
    with contextlib.suppress(ValueError):
        usual = int(model.setting(f"{kind}.attention.key_length") or usual)
    layers = int(lib.llama_model_n_layer(model.handle))
    return max(layers * max(shared, 1) * usual * 2 * 2, 1)  # keys and values, two bytes each


def _context(model: Model, switch: Switch, sequences: int, cells: int, threads: int) -> tuple[object, int]:
    params = lib.llama_context_default_params()
    params.n_batch = params.n_ubatch = BATCH
    params.n_seq_max = sequences
    params.n_threads = params.n_threads_batch = threads
    params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_AUTO
    # One pool of cells for all: cells of its own for each sequence are faster only while their numbers have no gaps.
    params.kv_unified = True
    params.swa_full = True  # what a window would drop may be needed when a sentence is taken back
    params.no_perf = True
    params.abort_callback, params.abort_callback_data = switch.callback, switch.data
    while cells >= LEAST_CELLS:
        params.n_ctx = cells
        handle = lib.llama_init_from_model(model.handle, params)
        if handle:
            return handle, int(lib.llama_n_ctx(handle))
        cells //= 2
    raise UserError("There is not enough memory to use {name}. Close other programs or choose smaller weights.",
                    name=model.path.name)  # fmt: skip
