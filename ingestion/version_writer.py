"""Write a version directory: complete under its name, or not there at all."""

import os
import shutil
from collections.abc import Callable, Sequence

import numpy as np

from ingestion.chroma_index import write_collection
from ingestion.index_vectors import IndexVectors
from ingestion.lexical_index import write_lexical
from ingestion.manifest import Manifest
from ingestion.passage import Passage
from ingestion.passage_file import write_passages
from ingestion.passage_index import LexicalField
from ingestion.versions import MANIFEST, VersionStore, digest_of

Report = Callable[[str, int, int], None]


def write_version(
    store: VersionStore,
    manifest: Manifest,
    passages: Sequence[Passage],
    vectors: IndexVectors,
    report: Report,
) -> None:
    """Write the version under a name nobody opens, then rename it: complete, or not there."""
    final = store.directory / "versions" / manifest.version
    draft = final.with_name(f".{final.name}.unfinished")
    for left_over in draft.parent.glob(".*.unfinished"):
        shutil.rmtree(left_over)
    draft.mkdir(parents=True)
    report("writing", 0, 3)
    write_passages(draft / "passages.jsonl", passages)
    np.save(draft / "passage_vectors.npy", vectors.passages)
    np.save(draft / "unit_vectors.npy", vectors.units)
    np.save(draft / "title_vectors.npy", vectors.titles)
    report("writing", 1, 3)
    write_lexical(draft / "lexical", _lexical_texts(passages))
    files = {
        path.relative_to(draft).as_posix(): digest_of(path)
        for path in sorted(draft.rglob("*"))
        if path.is_file()
    }
    report("writing", 2, 3)
    write_collection(draft / "chroma", [p.passage_id for p in passages], vectors.passages)
    complete = manifest.model_copy(update={"files": files})
    (draft / MANIFEST).write_text(complete.model_dump_json(indent=2) + "\n", "utf-8")
    os.sync()
    draft.rename(final)
    report("writing", 3, 3)


def _lexical_texts(passages: Sequence[Passage]) -> dict[LexicalField, Sequence[str]]:
    by_page: dict[str, list[Passage]] = {}
    for passage in passages:
        by_page.setdefault(passage.page.url, []).append(passage)
    return {
        LexicalField.PASSAGE: ["\n".join([*p.heading_path, p.text]) for p in passages],
        LexicalField.PAGE: [
            "\n".join([ps[0].page.title, ps[0].page.description, *(p.text for p in ps)])
            for ps in by_page.values()
        ],
        LexicalField.TITLE: [
            "\n".join([ps[0].page.title, ps[0].page.description]) for ps in by_page.values()
        ],
        LexicalField.UNIT: [f"{u.lead_in}\n{u.text}" for p in passages for u in p.units],
    }
