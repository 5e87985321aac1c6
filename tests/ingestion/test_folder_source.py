import hashlib
from pathlib import Path

import pytest

from ingestion.document import Document, Skipped
from ingestion.errors import SourceNotFoundError
from ingestion.sources.folder import FolderSource
from ingestion.sources.source_settings import SourceSettings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bins").mkdir()
    (tmp_path / "bins" / "bulky.md").write_text("---\ntitle: Bulky\nurl: /bulky\n---\nText.")
    (tmp_path / "tax.md").write_text("---\ntitle: Tax\npublisher: HMRC\n---\nText.")
    (tmp_path / "empty.md").write_text("")
    return tmp_path


def test_pages_carry_what_the_owner_says_of_the_source(folder: Path) -> None:
    settings = SourceSettings(publisher="Council", nation="england", audience="citizen", weight=1.5)

    found = [f for f in FolderSource(folder, settings=settings).read({}) if isinstance(f, Document)]

    assert [(f.details.title, f.details.publisher, f.details.weight) for f in found] == [
        ("Bulky", "Council", 1.5),
        ("Tax", "HMRC", 1.5),
    ]
    assert {f.details.nation for f in found} == {"england"}


@pytest.mark.parametrize(
    ("include", "exclude", "origins"),
    [
        ((), (), ["bins/bulky.md", "empty.md", "tax.md"]),
        (("bins/",), (), ["bins/bulky.md"]),
        (("*.md",), ("bins/*", "empty.md"), ["tax.md"]),
        (("/bulky",), (), ["bins/bulky.md"]),
        ((), ("*",), []),
    ],
)
def test_patterns_choose_files_by_path_or_address(
    folder: Path, include: tuple[str, ...], exclude: tuple[str, ...], origins: list[str]
) -> None:
    settings = SourceSettings(include=include, exclude=exclude)

    assert [f.origin for f in FolderSource(folder, settings=settings).read({})] == origins


def test_a_single_file_is_a_source_and_its_copy_is_known_by_its_bytes(folder: Path) -> None:
    path = folder / "tax.md"

    (found,) = FolderSource(path).read({})

    assert isinstance(found, Document)
    assert found.fetch.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.fetch.fetched_at is None


@pytest.mark.parametrize(
    ("settings", "is_same"),
    [
        (SourceSettings(weight=2), False),
        (SourceSettings(publisher="Council"), False),
        (SourceSettings(nation="Council"), False),
        (SourceSettings(locale="cy"), False),
        (SourceSettings(exclude=("*",), max_pages=1), True),
    ],
)
def test_a_change_of_what_is_written_into_pages_can_be_seen(
    settings: SourceSettings, is_same: bool
) -> None:
    ordinary, changed = FolderSource(Path()), FolderSource(Path(), settings=settings)

    assert (ordinary.settings_digest == changed.settings_digest) == is_same


def test_what_cannot_be_read_is_listed(folder: Path) -> None:
    skipped = [f.origin for f in FolderSource(folder).read({}) if isinstance(f, Skipped)]

    assert skipped == ["empty.md"]


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError):
        list(FolderSource(tmp_path / "nowhere").read({}))
