import json
from pathlib import Path

import pytest

from ingestion.document import Document
from ingestion.errors import AddressRefusedError, GuidanceFileError, SourceNotFoundError
from ingestion.settings import IndexSettings
from ingestion.source import Source
from ingestion.source_choice import sources_of
from ingestion.sources.folder import FolderSource
from ingestion.sources.govuk_api import GovukSource
from ingestion.sources.sitemap import SitemapSource
from tests.ingestion.site import Site, page, sitemap

SETTINGS = IndexSettings(fetch_delay_seconds=0)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text("---\ntitle: A\n---\nText.")
    path = tmp_path / "guidance.yaml"
    path.write_text(
        """
sources:
  - {name: council, location: pages, publisher: Council, weight: 2}
  - {name: tax, location: "govuk:/vat-rates"}
  - {name: site, location: "sitemap:https://council.example/sitemap.xml"}
"""
    )
    return path


def kinds(sources: list[Source]) -> list[tuple[type, str]]:
    return [(type(source), source.location) for source in sources]


def test_without_arguments_every_source_of_the_file_is_meant(config: Path) -> None:
    assert kinds(sources_of([], config, settings=SETTINGS)) == [
        (FolderSource, "council"),
        (GovukSource, "tax"),
        (SitemapSource, "site"),
    ]


def test_without_arguments_and_file_nothing_is_meant() -> None:
    assert sources_of([], None, settings=SETTINGS) == []


def test_an_argument_is_a_name_an_address_or_a_path(config: Path) -> None:
    pages = str(config.parent / "pages")
    arguments = ["tax", "govuk:/a", "govuk:b", "sitemap:https://x.example/s.xml", pages]

    assert kinds(sources_of(arguments, config, settings=SETTINGS)) == [
        (GovukSource, "tax"),
        (GovukSource, "govuk:/a"),
        (GovukSource, "govuk:b"),
        (SitemapSource, "sitemap:https://x.example/s.xml"),
        (FolderSource, "pages"),
    ]


def test_a_source_named_twice_is_read_once(config: Path) -> None:
    sources = sources_of(["tax", "tax", "govuk:/vat-rates"], config, settings=SETTINGS)

    assert kinds(sources) == [(GovukSource, "tax")]


def test_a_folder_of_the_file_lies_beside_it_and_is_described_by_it(
    config: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    (source,) = sources_of(["council"], config, settings=SETTINGS)
    (found,) = source.read({})

    assert isinstance(found, Document)
    assert (found.details.publisher, found.details.weight) == ("Council", 2)


@pytest.mark.parametrize("argument", ["nowhere", "https://council.example/", "govuk:", "sitemap:"])
def test_an_argument_that_means_nothing_is_an_error(argument: str) -> None:
    with pytest.raises(SourceNotFoundError, match="sitemap:URL"):
        sources_of([argument], None, settings=SETTINGS)


def test_a_broken_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GuidanceFileError):
        sources_of([], tmp_path / "missing.yaml", settings=SETTINGS)


def test_only_hosts_that_are_allowed_are_read_in_the_private_network(
    site: Site, tmp_path: Path
) -> None:
    site.routes["/s.xml"] = sitemap(f"{site.url}/a")
    site.routes["/a"] = page("A")
    entry = f'sources: [{{name: x, location: "sitemap:{site.url}/s.xml"}}]\n'
    path = tmp_path / "guidance.yaml"
    from_settings = SETTINGS.model_copy(update={"allow_private_hosts": f"a.example, {site.host}"})

    path.write_text(entry)
    (refused,) = sources_of([], path, settings=SETTINGS)
    (by_settings,) = sources_of([], path, settings=from_settings)
    path.write_text(f'{entry}allow_private_hosts: ["{site.host}"]')
    (by_file,) = sources_of([], path, settings=SETTINGS)

    with pytest.raises(AddressRefusedError):
        list(refused.read({}))
    assert [type(f) for f in by_settings.read({})] == [Document]
    assert [type(f) for f in by_file.read({})] == [Document]


def test_another_content_api_can_be_named(site: Site) -> None:
    item = {"base_path": "/a", "schema_name": "answer", "title": "A", "details": {"body": "T."}}
    site.routes["/content/a"] = json.dumps(item).encode()
    settings = SETTINGS.model_copy(
        update={"govuk_content_api": f"{site.url}/content", "allow_private_hosts": site.host}
    )

    (source,) = sources_of(["govuk:/a"], None, settings=settings)
    refused = settings.model_copy(update={"allow_private_hosts": ""})

    with pytest.raises(AddressRefusedError, match="ENQUIRY_ALLOW_PRIVATE_HOSTS"):
        list(sources_of(["govuk:/a"], None, settings=refused)[0].read({}))
    assert [type(f) for f in source.read({})] == [Document]
