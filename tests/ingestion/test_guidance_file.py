from pathlib import Path

import pytest

from ingestion.errors import GuidanceFileError
from ingestion.guidance_file import read_guidance_file
from ingestion.sources.source_settings import SourceSettings


def written(folder: Path, text: str) -> Path:
    path = folder / "guidance.yaml"
    path.write_text(text, "utf-8")
    return path


def test_everything_that_can_be_said_of_a_source_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
allow_private_hosts: [intranet.council.gov.uk]
sources:
  - name: benefits
    location: govuk:/browse/benefits
    publisher: Department for Work and Pensions
    nation: england+scotland+wales
    locale: en
    audience: citizen
    licence: Open Government Licence v3.0
    weight: 1.5
    include: ["/guidance/*"]
    exclude: ["*/archive/*"]
    max_pages: 500
    max_depth: 2
""",
    )

    found = read_guidance_file(path)

    assert found.allow_private_hosts == ("intranet.council.gov.uk",)
    assert found.sources[0].settings == SourceSettings(
        publisher="Department for Work and Pensions",
        nation="england+scotland+wales",
        locale="en",
        audience="citizen",
        licence="Open Government Licence v3.0",
        weight=1.5,
        include=("/guidance/*",),
        exclude=("*/archive/*",),
        max_pages=500,
        max_depth=2,
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["no `sources:` list"]),
        ("- a", ["no `sources:` list"]),
        ("sources: []", ["the file, field 'sources'"]),
        ("sources: [", ["the file", "line 1"]),
        ("sources: [{name: a}]", ["source 'a'", "'location'", "field required"]),
        ("sources: [{location: x}]", ["source 1", "'name'"]),
        ("sources: [7]", ["source 1"]),
        ("sources: [{name: a, location: x, wieght: 2}]", ["'wieght'", "no such field", "weight"]),
        ("sources: [{name: a, location: x}]\nsource: 1", ["'source'", "no such field"]),
        ("sources: [{name: a, location: x, weight: 0}]", ["'weight'", "greater than 0", "not 0"]),
        ("sources: [{name: a, location: x, weight: .nan}]", ["'weight'"]),
        ("sources: [{name: a, location: x, weight: heavy}]", ["'weight'", "'heavy'"]),
        ("sources: [{name: a, location: x, nation: wakanda}]", ["'nation'", "'wakanda'"]),
        ("sources: [{name: a, location: x, locale: fr}]", ["'locale'", "'fr'"]),
        ("sources: [{name: a, location: x, include: '*.md'}]", ["'include'", "'*.md'"]),
        ("sources: [{name: a, location: x, include: ['']}]", ["'include.0'"]),
        ("sources: [{name: a, location: x}, {name: a, location: y}]", ["'a'", "two sources"]),
        ("sources: [{name: 'a:b', location: x}]", ["'name'"]),
        ("sources:\n- {name: a, location: x, name: b}", ["'name' is given twice"]),
        ("sources: !!python/object/apply:os.system [x]", ["the file"]),
    ],
)
def test_a_mistake_is_told_in_one_sentence_that_names_the_place(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    path = written(tmp_path, text)

    with pytest.raises(GuidanceFileError) as failed:
        read_guidance_file(path)

    message = str(failed.value)
    assert "\n" not in message
    assert all(word in message for word in [str(path), *words]), message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(GuidanceFileError, match="No such file"):
        read_guidance_file(tmp_path / "guidance.yaml")


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "guidance.yaml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(GuidanceFileError):
        read_guidance_file(path)
