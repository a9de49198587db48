"""Tune the weights for meaning until praise and blame lie apart: a LoRA adapter and two flat heads over its vectors.

Hu et al. 2021, LoRA. Written in JAX, which is all it needs beside optax and the file of `tune_data.py`; minutes on a
graphics card, an hour or two on two cores. Every run leaves a fifth out, or whole kinds of shop (``--leave-out``).
"""

from __future__ import annotations

import argparse
import json
import time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax

LENGTHS = (16, 32, 64, 128, 510)
HEADS, EPSILON = 12, 1e-12
BENT = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_up", "ffn_down")
AKIN = ("en_amazon_snippets_vader.tsv", "en_product_reviews_1_aspects.csv")  # partly the same sentences
MAMS = ("en_mams_acsa_val.xml", "en_mams_atsa_val.xml")
FOLDS = (("zh hotels", *AKIN), ("zh computers", "en_pros_cons_8000.csv"), ("zh books", "zh restaurants", *MAMS),
         ("zh other",))  # fmt: skip
Tree = Any


class Plan(NamedTuple):
    """How to train."""

    rank: int = 8
    alpha: float = 16.0
    rate: float = 1e-3  # of the adapter
    head_rate: float = 1e-2
    epochs: int = 3
    smooth: float = 0.05  # how unsure a label is
    drop: float = 0.1  # share of tokens hidden
    remarks: float = 0.5  # how much stretches count beside whole texts
    chinese: float = 1.0  # how much Chinese texts count beside English ones
    tokens: int = 4096  # a step
    decay: float = 0.01
    seed: int = 0  # of the adapter, the order and the hidden tokens
    leave_out: bool = True  # whether this plan is also held against whole kinds left out, where that is asked for


def forward(base: Tree, lora: Tree, scale: Any, ids: jax.Array, mask: jax.Array) -> jax.Array:
    """Return the mean of what the last layer says of each text, of unit length: (n, d)."""
    hidden = base["token_embd"][ids] + base["position_embd.weight"][: ids.shape[1]] + base["token_types.weight"][0]
    hidden = _norm(hidden, base["token_embd_norm.weight"], base["token_embd_norm.bias"])
    bias = jnp.where(mask[:, None, None, :] > 0, 0.0, -1e9)
    layers = {
        name: value
        for name, value in base.items()
        if name.split(".")[0] in {*BENT, "attn_output_norm", "layer_output_norm"}
    }

    def one(hidden: jax.Array, both: tuple[Tree, Tree]) -> tuple[jax.Array, None]:
        own, bent = both

        def line(name: str, value: jax.Array) -> jax.Array:
            more = (value @ bent[name]["a"].T) @ bent[name]["b"].T * scale
            return value @ own[f"{name}.weight"].T + own[f"{name}.bias"] + more

        n, length, width = hidden.shape
        q, k, v = (line(f"attn_{x}", hidden).reshape(n, length, HEADS, -1).swapaxes(1, 2) for x in "qkv")
        share = jax.nn.softmax(q @ k.swapaxes(2, 3) / np.sqrt(width // HEADS) + bias, -1)
        mixed = (share @ v).swapaxes(1, 2).reshape(n, length, width)
        hidden = _norm(
            hidden + line("attn_output", mixed), own["attn_output_norm.weight"], own["attn_output_norm.bias"]
        )
        fed = line("ffn_down", jax.nn.gelu(line("ffn_up", hidden), approximate=True))
        return _norm(hidden + fed, own["layer_output_norm.weight"], own["layer_output_norm.bias"]), None

    hidden, _none = jax.lax.scan(one, hidden, (layers, lora))
    mean = (hidden * mask[:, :, None]).sum(1) / jnp.maximum(mask.sum(1), 1)[:, None]
    return mean * jax.lax.rsqrt((mean**2).sum(1, keepdims=True) + 1e-9)  # a row of nothing has a slope, too


def _norm(value: jax.Array, weight: jax.Array, bias: jax.Array) -> jax.Array:
    apart = value - value.mean(-1, keepdims=True)
    return apart * jax.lax.rsqrt((apart**2).mean(-1, keepdims=True) + EPSILON) * weight + bias


def loss_of(tuned: Tree, base: Tree, batch: Tree, key: jax.Array, plan: Tree) -> jax.Array:
    """Return the weighted surprise of one batch."""
    mask = batch["mask"]
    kept = jax.random.bernoulli(key, 1 - plan["drop"], mask.shape)
    mask = mask * jnp.where(jnp.arange(mask.shape[1]) < 4, 1.0, kept)  # "query: " and the first word stay
    rows = (forward(base, tuned["lora"], plan["scale"], batch["ids"], mask) - base["centre"]) / base["spread"]
    praise = rows @ tuned["praise"]["w"] + tuned["praise"]["b"]
    kinds = jax.nn.log_softmax(rows @ tuned["kinds"]["w"] + tuned["kinds"]["b"])
    sure = (1 - plan["smooth"]) * batch["label"] + plan["smooth"] / 2
    whole = -(sure * jax.nn.log_sigmoid(praise) + (1 - sure) * jax.nn.log_sigmoid(-praise))
    wanted = (1 - plan["smooth"]) * jax.nn.one_hot(batch["label"], 3) + plan["smooth"] / 3
    part = -(wanted * kinds).sum(1)
    each = jnp.where(batch["whole"], whole, plan["remarks"] * part) * batch["weight"]
    return each.sum() / jnp.maximum(batch["weight"].sum(), 1e-6)


WALK = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(b2=0.98))


@partial(jax.jit, donate_argnums=(0, 1))
def step(tuned: Tree, state: Tree, base: Tree, batch: Tree, key: jax.Array, plan: Tree, pace: Any) -> tuple[Tree, Tree]:
    """Take one step downhill, ``pace`` of the usual length; slower in the adapter than in the heads."""
    slope = jax.grad(loss_of)(tuned, base, batch, key, plan)
    moved, state = WALK.update(slope, state, tuned)

    def walked(rate: Any, part: Tree, way: Tree) -> Tree:
        return jax.tree.map(lambda value, more: value - pace * rate * (more + plan["decay"] * value), part, way)

    return {
        name: walked(plan["rate"] if name == "lora" else plan["head_rate"], tuned[name], moved[name]) for name in tuned
    }, state


@jax.jit
def vectors(base: Tree, lora: Tree, scale: Any, ids: jax.Array, mask: jax.Array) -> jax.Array:
    """Return the vector of each text of a batch."""
    return forward(base, lora, scale, ids, mask)


class Texts:
    """The labelled texts as tokens, given out in batches of about one length."""

    def __init__(self, kept: dict[str, np.ndarray]) -> None:
        """Take what `tune_data.py` wrote."""
        self.tokens, self.start = kept["tokens"], kept["start"]
        self.label, self.weight, self.whole, self.apart = kept["label"], kept["weight"], kept["whole"], kept["apart"]
        self.group = kept["groups"][kept["group"]]
        self.length = np.diff(self.start)

    def batch(self, some: np.ndarray, length: int, many: int, plan: Plan | None = None, dice: Any = None) -> Tree:
        """Return so many texts as one batch, the missing ones weighing nothing."""
        ids, mask = np.ones((many, length), np.int32), np.zeros((many, length), np.float32)
        for n, place in enumerate(some):
            own = self.tokens[self.start[place] : self.start[place + 1]][:length]
            ids[n, : len(own)], mask[n, : len(own)] = own, 1
        fill = many - len(some)
        weight = np.pad(self.weight[some], (0, fill))
        if plan is not None:
            chinese = np.char.startswith(self.group[some], "zh")
            weight[: len(some)] *= np.where(chinese, plan.chinese, 1.0)
        return {"ids": ids, "mask": mask, "weight": weight.astype(np.float32),
                "label": np.pad(self.label[some], (0, fill)), "whole": np.pad(self.whole[some], (0, fill))}  # fmt: skip

    def batches(self, places: np.ndarray, tokens: int) -> list[tuple[np.ndarray, int, int]]:
        """Return batches of these texts in the order given: which, how long, how many fit."""
        found = []
        for low, high in zip((0, *LENGTHS), LENGTHS, strict=False):
            own = places[(self.length[places] > low) & (self.length[places] <= high)]
            many = max(tokens // high, 1)
            found += [(own[n : n + many], high, many) for n in range(0, len(own), many)]
        return found


def read(base: Tree, tuned: Tree, texts: Texts, places: np.ndarray, plan: Plan) -> np.ndarray:
    """Return the vectors of these texts, scaled as the heads see them."""
    found = np.zeros((len(places), base["centre"].shape[0]), np.float32)
    order = {int(place): n for n, place in enumerate(places)}
    for some, length, many in texts.batches(places, 16384):
        made = texts.batch(some, length, many)
        rows = np.asarray(vectors(base, tuned["lora"], np.float32(plan.alpha / plan.rank), made["ids"], made["mask"]))
        found[[order[int(p)] for p in some]] = rows[: len(some)]
    return (found - np.asarray(base["centre"])) / np.asarray(base["spread"])


def fresh(width: int, plan: Plan, base: Tree) -> Tree:
    """Return an adapter that changes nothing yet, and heads that say nothing yet."""
    dice = np.random.default_rng(plan.seed)
    lora = {}
    for name in BENT:
        _n, out, into = base[f"{name}.weight"].shape
        lora[name] = {"a": jnp.asarray(dice.normal(0, 1 / np.sqrt(into), (12, plan.rank, into)), jnp.float32),
                      "b": jnp.zeros((12, out, plan.rank), jnp.float32)}  # fmt: skip
    return {"lora": lora, "praise": {"w": jnp.zeros(width), "b": jnp.zeros(())},
            "kinds": {"w": jnp.zeros((width, 3)), "b": jnp.zeros(3)}}  # fmt: skip


def train(
    base: Tree, texts: Texts, use: np.ndarray, asked: np.ndarray, plan: Plan, name: str
) -> tuple[Tree, np.ndarray]:
    """Tune on the texts ``use``, print what is right of those ``asked``; return the adapter and what its heads say."""
    dice, key = np.random.default_rng(plan.seed), jax.random.key(plan.seed)
    known = np.flatnonzero(use & (texts.weight > 0))
    rounds = [texts.batches(dice.permutation(known), plan.tokens) for _n in range(plan.epochs)]
    total, done = sum(map(len, rounds)), 0
    tuned = fresh(base["centre"].shape[0], plan, base)
    state = WALK.init(tuned)
    numbers = {name: np.float32(getattr(plan, name))
               for name in ("drop", "smooth", "remarks", "rate", "head_rate", "decay")}  # fmt: skip
    numbers |= {"scale": np.float32(plan.alpha / plan.rank)}
    for batches in rounds:
        for n in dice.permutation(len(batches)):
            key, own = jax.random.split(key)
            pace = min(done / (total / 20), (1 + np.cos(np.pi * done / total)) / 2)
            batch = texts.batch(*batches[n], plan, dice)
            tuned, state = step(tuned, state, base, batch, own, numbers, np.float32(pace))
            done += 1
    places = np.flatnonzero(asked)
    said = words(base, tuned, texts, places, plan)
    print(f"{name}: {scores(texts, places, said)}", flush=True)
    return tuned, said


def words(base: Tree, tuned: Tree, texts: Texts, places: np.ndarray, plan: Plan) -> np.ndarray:
    """Return what the heads say of these texts: log odds of praise, then a logit for each kind of remark."""
    rows = read(base, tuned, texts, places, plan)
    praise, kinds = (rows @ np.asarray(tuned[head]["w"]) + np.asarray(tuned[head]["b"]) for head in ("praise", "kinds"))
    return np.hstack([praise[:, None], kinds])


def scores(texts: Texts, places: np.ndarray, said: np.ndarray) -> str:
    """Return the share that is right, a group."""
    whole = texts.whole[places]
    right = np.where(whole, (said[:, 0] > 0) == texts.label[places], said[:, 1:].argmax(1) == texts.label[places])
    told = []
    for kind, own in (("", whole), ("remarks of ", ~whole)):
        for group in np.unique(texts.group[places][own]):
            some = own & (texts.group[places] == group)
            told.append(f"{kind}{group.split('.')[0]} {right[some].mean():.3f}/{some.sum()}")
    chinese = np.char.startswith(texts.group[places], "zh") & whole
    english = ~chinese & whole & (texts.weight[places] > 0)
    told += [
        f"{name} {right[some].mean():.4f}/{some.sum()}"
        for name, some in (("ZH", chinese), ("EN", english))
        if some.any()
    ]
    return ", ".join(told)


def loaded(path: Path) -> tuple[Tree, Texts]:
    """Return the layers, ready to compute with, and the texts."""
    with np.load(path) as file:
        kept = {name: file[name] for name in file.files}
    texts = Texts(kept)
    base = {name: jnp.asarray(value, jnp.float32) for name, value in kept.items() if value.dtype == np.float16}
    width = base["token_embd"].shape[1]
    base |= {"centre": jnp.zeros(width), "spread": jnp.ones(width)}
    some = np.random.default_rng(1).permutation(
        np.flatnonzero((texts.weight > 0) & ~texts.apart & (texts.length <= 64))
    )
    rows = read(base, fresh(width, Plan(rank=1), base), texts, some[:2000], Plan(rank=1))
    return base | {"centre": jnp.asarray(rows.mean(0)), "spread": jnp.asarray(rows.std(0) * 3)}, texts


def keep(path: Path, base: Tree, tuned: Tree, plan: Plan) -> None:
    """Write an adapter and its heads; the heads' weights are for plain vectors of unit length."""
    flat = {f"{name}.{side}": np.asarray(tuned["lora"][name][side], np.float32) for name in BENT for side in "ab"}
    centre, spread = np.asarray(base["centre"]), np.asarray(base["spread"])
    for head in ("praise", "kinds"):
        weight = np.asarray(tuned[head]["w"]) / (spread if head == "praise" else spread[:, None])
        flat |= {f"{head}.w": weight, f"{head}.b": np.asarray(tuned[head]["b"]) - centre @ weight}
    np.savez(path, alpha=plan.alpha, rank=plan.rank, **flat)


def main() -> None:
    """Train by every plan asked for until the time is over."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("data", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--plans", default="[{}]", help="a JSON list of what differs from the usual plan")
    ask.add_argument("--leave-out", action="store_true", help="also leave whole kinds of shop and files out")
    ask.add_argument("--seconds", type=float, default=1e9, help="no further plan is begun after so long")
    wishes = ask.parse_args()
    began = time.perf_counter()
    base, texts = loaded(wishes.data)
    wishes.out.mkdir(parents=True, exist_ok=True)
    print(f"{len(texts.length)} texts, {texts.length.sum()} tokens, {jax.devices()}", flush=True)
    for number, own in enumerate(json.loads(wishes.plans)):
        if time.perf_counter() - began > wishes.seconds:
            break
        plan = Plan(**own)
        print(f"--- {number} {own}", flush=True)
        tuned, said = train(base, texts, ~texts.apart, texts.apart, plan, "a fifth out")
        keep(wishes.out / f"plan{number}.npz", base, tuned, plan)
        kept = {"fifth": said}
        for fold, groups in enumerate(FOLDS if wishes.leave_out and plan.leave_out else ()):
            away = np.isin(texts.group, groups)
            _tuned, kept[f"fold{fold}"] = train(base, texts, ~away, away & texts.whole, plan, f"without {groups[0]} …")
        np.savez_compressed(wishes.out / f"said{number}.npz", **kept)


if __name__ == "__main__":
    main()
