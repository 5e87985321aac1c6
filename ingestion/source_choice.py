"""What SOURCE on the command line means."""

from collections.abc import Sequence
from pathlib import Path

from ingestion.errors import SourceNotFoundError
from ingestion.guidance_file import GuidanceFile, SourceEntry, read_guidance_file
from ingestion.settings import IndexSettings
from ingestion.source import Source
from ingestion.sources.addresses import AddressRules
from ingestion.sources.fetching import Fetcher, FetchLimits
from ingestion.sources.folder import FolderSource
from ingestion.sources.govuk_api import GovukSource
from ingestion.sources.sitemap import SitemapSource
from ingestion.sources.source_settings import SourceSettings


def sources_of(
    arguments: Sequence[str],
    config: Path | None,
    *,
    settings: IndexSettings,
    fetcher: Fetcher | None = None,
) -> list[Source]:
    """Return the sources to read, each once, in the order given.

    Args:
        arguments: Names in the guidance file, `govuk:/path`, `sitemap:URL`, folders and files; a
            name goes before a folder (`./name` is the folder). Empty for every source of the file.
        config: The guidance file, or None.
        settings: Switches of the room.
        fetcher: Asks web servers; made from the settings when left out.

    Returns:
        Nothing when there are neither arguments nor a file: the caller's default applies.

    Raises:
        GuidanceFileError: The file cannot be used.
        SourceNotFoundError: An argument names nothing there is.
    """
    described = read_guidance_file(config) if config else None
    entries = described.sources if described else ()
    home = config.parent if config else Path()
    # One fetcher for all, so that two sources on one host take turns.
    fetcher = fetcher or _fetcher(settings, described)
    chosen = [_entry_named(argument, entries) or argument for argument in arguments] or entries
    sources: dict[str, Source] = {}
    for choice in chosen:
        source = (
            _described(choice, home, fetcher=fetcher, settings=settings)
            if isinstance(choice, SourceEntry)
            else _built(choice, "", SourceSettings(), fetcher=fetcher, settings=settings)
        )
        sources.setdefault(source.location, source)
    return list(sources.values())


def _entry_named(argument: str, entries: Sequence[SourceEntry]) -> SourceEntry | None:
    """Return the entry with a name or, so that its settings hold, with the same location."""
    named = [entry for entry in entries if entry.name == argument]
    named += [entry for entry in entries if entry.location == argument]
    return named[0] if named else None


def _described(
    entry: SourceEntry, home: Path, *, fetcher: Fetcher, settings: IndexSettings
) -> Source:
    location = entry.location
    if not location.startswith(("govuk:", "sitemap:")):
        location = str(home / location)
    return _built(location, entry.name, entry.settings, fetcher=fetcher, settings=settings)


def _built(
    location: str,
    name: str,
    described: SourceSettings,
    *,
    fetcher: Fetcher,
    settings: IndexSettings,
) -> Source:
    kind, _, rest = location.partition(":")
    if kind == "govuk" and rest:
        return GovukSource(
            rest if rest.startswith(("/", "http")) else f"/{rest}",
            fetcher,
            api=settings.govuk_content_api,
            location=name or location,
            settings=described,
        )
    if kind == "sitemap" and rest:
        return SitemapSource(rest, fetcher, location=name or location, settings=described)
    path = Path(location)
    if not path.exists():
        raise SourceNotFoundError(location)
    return FolderSource(path, location=name, settings=described)


def _fetcher(settings: IndexSettings, described: GuidanceFile | None) -> Fetcher:
    hosts = [host for host in settings.allow_private_hosts.split(",") if host.strip()]
    hosts += described.allow_private_hosts if described else ()
    limits = FetchLimits(
        max_bytes=settings.fetch_max_megabytes * 1_000_000,
        total_seconds=settings.fetch_timeout_seconds,
        delay_seconds=settings.fetch_delay_seconds,
        concurrency=settings.fetch_concurrency,
    )
    return Fetcher(AddressRules.allowing(hosts), limits, contact=settings.fetch_contact)
