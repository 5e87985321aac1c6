"""Write a version directory: complete under its name, or not there at all."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import numpy as np

from ingestion.collections import Collections
from ingestion.lexical_index import write_lexical
from ingestion.manifest import Manifest
from ingestion.page_record import PageRecord, write_pages
from ingestion.passage import Passage
from ingestion.passage_file import write_passages
from ingestion.passage_index import LexicalField
from ingestion.versions import BUILD, MANIFEST, VersionStore, digest_of, writing

UNFINISHED = ".{}.unfinished"
Report = Callable[[str, int, int], None]


@contextmanager
def draft(store: VersionStore, version: str) -> Iterator[Path]:
    """Yield a new folder under a name that nobody opens; it is gone when the build fails.

    What a build that was killed left behind is removed first. The caller holds the build lock.

    Raises:
        IndexNotWritableError: The folder cannot be written.
    """
    folder = store.directory / "versions"
    with writing(store.directory):
        for left_over in folder.glob(UNFINISHED.format("*")):
            shutil.rmtree(left_over)
        path = folder / UNFINISHED.format(version)
        path.mkdir(parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def write_version(
    folder: Path,
    manifest: Manifest,
    records: Iterable[PageRecord],
    passages: Sequence[Passage],
    collections: Collections,
    report: Report,
) -> None:
    """Write everything but the vectors, which lie in the draft already, then make it a version.

    Args:
        folder: As `draft` yields it.
        manifest: Of the version; its checksums are filled in here.
        records: Pages as read, in order of address.
        passages: In row order.
        collections: Where passage vectors are searched.
        report: Called with stage, done and total.

    Raises:
        OSError: The disk is full, or the folder cannot be written.
        VectorDatabaseError: The Chroma server cannot be used.
    """
    report("writing", 0, 3)
    write_pages(folder, records)
    write_passages(folder / "passages.jsonl", passages)
    write_lexical(folder / "lexical", lexical_texts(passages))
    report("writing", 1, 3)
    files = {
        path.relative_to(folder).as_posix(): digest_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    vectors = np.load(folder / "passage_vectors.npy", mmap_mode="r")
    collections.write(folder, manifest.version, [p.passage_id for p in passages], vectors)
    report("writing", 2, 3)
    complete = manifest.model_copy(update={"files": files})
    (folder / BUILD).write_text(complete.build_json(), "utf-8")
    (folder / MANIFEST).write_text(complete.content_json(), "utf-8")
    os.sync()
    folder.rename(folder.with_name(manifest.version))
    report("writing", 3, 3)


def lexical_texts(passages: Sequence[Passage]) -> dict[LexicalField, Iterable[str]]:
    """Return for each field the text of every row, one after the other."""
    return {
        LexicalField.PASSAGE: ("\n".join([*p.heading_path, p.text]) for p in passages),
        LexicalField.PAGE: (
            "\n".join([page.title, page.description, *(p.text for p in rows)])
            for page, rows in groupby(passages, key=lambda p: p.page)
        ),
        LexicalField.TITLE: (
            "\n".join([page.title, page.description])
            for page, _ in groupby(passages, key=lambda p: p.page)
        ),
        LexicalField.UNIT: (f"{u.lead_in}\n{u.text}" for p in passages for u in p.units),
    }
