"""Vectors of a new version: taken over where the text is the same, embedded where it is new.

Every row is known by a key, a hash of the text it stands for. Keys lie beside the vectors, so that
a later build finds what it needs without reading the old text, and a page that moved to another
address keeps its vectors.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from ingestion.embedding import Embedder, Vectors
from ingestion.embedding_texts import passage_text, title_text, unit_text
from ingestion.passage import Passage

EMBEDDING_CHUNK = 1024
KEY_BYTES = 16
NAMES = ("passage", "unit", "title")
Report = Callable[[str, int, int], None]
Slot = tuple[str, int]


def text_key(text: str) -> bytes:
    """Return 16 bytes that stand for a text; equal texts have equal keys."""
    return hashlib.blake2b(text.encode(), digest_size=KEY_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Embedded:
    """How many texts were embedded, and the seconds the model took."""

    texts: int
    seconds: float


class KnownVectors:
    """Vectors that were made before, by the key of their text."""

    def __init__(self) -> None:
        self._arrays: list[Vectors] = []
        self._rows: dict[bytes, tuple[int, int]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def keys(self) -> frozenset[bytes]:
        """Return the keys of all rows."""
        return frozenset(self._rows)

    def take(self, other: "KnownVectors") -> None:
        """Add the rows of another; a key that is known already stays as it is."""
        start = len(self._arrays)
        self._arrays += other._arrays  # noqa: SLF001  # its own class
        for key, (number, row) in other._rows.items():  # noqa: SLF001
            self._rows.setdefault(key, (start + number, row))

    def get(self, key: bytes) -> Vectors | None:
        """Return the vector of shape (dimension,), or None."""
        place = self._rows.get(key)
        if place is None:
            return None
        vector: Vectors = self._arrays[place[0]][place[1]]
        return vector

    def add(self, keys: Iterable[bytes], vectors: Vectors) -> None:
        """Add rows; a key that is known already stays as it is."""
        number = len(self._arrays)
        self._arrays.append(vectors)
        for row, key in enumerate(keys):
            self._rows.setdefault(key, (number, row))

    def add_version(self, folder: Path) -> None:
        """Add the vectors of a version; files that are missing or damaged add nothing."""
        for name in NAMES:
            try:
                vectors = np.load(folder / f"{name}_vectors.npy", mmap_mode="r")
                keys = np.load(folder / f"{name}_keys.npy")
            except (OSError, ValueError):
                continue
            if keys.shape == (len(vectors), KEY_BYTES) and keys.dtype == np.uint8:
                flat = keys.tobytes()
                self.add(
                    (flat[at : at + KEY_BYTES] for at in range(0, len(flat), KEY_BYTES)), vectors
                )


@dataclass(slots=True)
class _Written:
    """Vector files of a draft, open for writing."""

    files: dict[str, Vectors]
    new: dict[bytes, tuple[str, Slot]]
    repeated: list[tuple[bytes, Slot]]

    def put(self, slot: Slot, vector: Vectors) -> None:
        self.files[slot[0]][slot[1]] = vector

    def at(self, slot: Slot) -> Vectors:
        vector: Vectors = self.files[slot[0]][slot[1]]
        return vector


def write_vectors(
    folder: Path,
    passages: Sequence[Passage],
    embedder: Embedder,
    known: KnownVectors,
    report: Report,
) -> Embedded:
    """Write vectors and keys of passages, units and titles; say how many texts were embedded.

    Every text is embedded once, shortest first, so that batches waste no padding. Rows go straight
    to files, because all of a large corpus's vectors would not fit beside everything else.

    Args:
        folder: The draft of the version.
        passages: Every passage of the new version, in row order.
        embedder: Makes the vectors.
        known: Vectors made before by the same model.
        report: Called with stage, done and total.
    """
    written = _Written({}, {}, [])
    for name in NAMES:
        _lay_out(folder, name, passages, embedder.dimension, known, written)
    new = sorted(written.new.values(), key=lambda pair: (len(pair[0]), pair[0]))
    seconds = 0.0
    for start in range(0, len(new), EMBEDDING_CHUNK):
        chunk = new[start : start + EMBEDDING_CHUNK]
        started = perf_counter()
        vectors = embedder.embed_passages([text for text, _ in chunk])
        seconds += perf_counter() - started
        for (_, slot), vector in zip(chunk, vectors, strict=True):
            written.put(slot, vector)
        report("embedding", start + len(chunk), len(new))
    for key, slot in written.repeated:
        written.put(slot, written.at(written.new[key][1]))
    for file in written.files.values():
        if isinstance(file, np.memmap):
            file.flush()
    return Embedded(len(new), seconds)


def texts_of(name: str, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the text that stands for every row of a vector file, in row order."""
    if name == "passage":
        yield from (passage_text(passage) for passage in passages)
    elif name == "unit":
        yield from (unit_text(passage, unit) for passage in passages for unit in passage.units)
    else:
        pages = {passage.page.url: passage.page for passage in passages}
        yield from (title_text(page) for page in pages.values())


def _lay_out(
    folder: Path,
    name: str,
    passages: Sequence[Passage],
    dimension: int,
    known: KnownVectors,
    written: _Written,
) -> None:
    """Write a file's keys, copy the rows that are known, and note the rows that are new."""
    keys = bytearray()
    waiting: list[tuple[int, str]] = []
    for row, text in enumerate(texts_of(name, passages)):
        key = text_key(text)
        keys += key
        if known.get(key) is None:
            waiting.append((row, text))
    rows = len(keys) // KEY_BYTES
    packed: NDArray[np.uint8] = np.frombuffer(bytes(keys), dtype=np.uint8).reshape(rows, KEY_BYTES)
    np.save(folder / f"{name}_keys.npy", packed)
    path = folder / f"{name}_vectors.npy"
    file = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=(rows, dimension))
    written.files[name] = file
    for row in range(rows):
        vector = known.get(bytes(keys[row * KEY_BYTES : (row + 1) * KEY_BYTES]))
        if vector is not None:
            file[row] = vector
    for row, text in waiting:
        key = bytes(keys[row * KEY_BYTES : (row + 1) * KEY_BYTES])
        if key in written.new:
            written.repeated.append((key, (name, row)))
        else:
            written.new[key] = (text, (name, row))
