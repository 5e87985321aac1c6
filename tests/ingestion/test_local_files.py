from pathlib import Path

import pytest

from ingestion.document import Document, Skipped
from ingestion.errors import SourceNotFoundError
from ingestion.readers.formats import decoded
from ingestion.sources.local_files import MAX_BYTES, read_local


def reason_of(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    (found,) = read_local(folder)
    assert isinstance(found, Skipped)
    assert found.origin == name
    return found.reason


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"", "empty"),
        ("a.html", b"  \n ", "empty"),
        ("a.html", b"\x89PNG\x00\x01", "picture"),
        ("a.md", "# T\n\ncaf\xe9".encode("latin-1"), "not text"),
        ("a.json", b"{broken", "not"),
        ("a.json", b'{"name": "package"}', "not a GOV.UK content item"),
        ("a.json", b"[]", "not a GOV.UK content item"),
        ("a.exe", b"MZ", "are not read"),
    ],
)
def test_what_cannot_be_read_is_listed_with_a_reason(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    assert reason in reason_of(tmp_path, name, content)


def test_a_huge_file_is_listed_and_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.html").open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)

    (found,) = read_local(tmp_path)

    assert isinstance(found, Skipped)
    assert "larger than 20 MB" in found.reason


def test_a_declared_character_set_is_believed() -> None:
    page = '<meta charset="windows-1252"><p>\x9320\x94</p>'.encode("latin-1")

    assert decoded(page) == '<meta charset="windows-1252"><p>“20”</p>'


def test_the_format_is_recognised_by_content(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("---\ntitle: M\n---\nText.", "utf-8")
    (tmp_path / "page").write_text("<!doctype html><h1>H</h1><p>Text.</p>", "utf-8")
    (tmp_path / "item.json").write_text(
        '{"schema_name": "answer", "base_path": "/j", "title": "J", "details": {"body": "<p>T.</p>"}}'
    )

    found = [d for d in read_local(tmp_path) if isinstance(d, Document)]

    assert [d.details.title for d in found] == ["J", "H", "M"]


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.md").write_text("# T\n\ntext")

    assert list(read_local(tmp_path)) == []


def test_a_source_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="no file or folder"):
        list(read_local(tmp_path / "nowhere"))
