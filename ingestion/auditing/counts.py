"""A version that lost much of its text is more often a broken source than a decision."""

from collections.abc import Iterator

from ingestion.auditing.candidate import Candidate
from ingestion.auditing.findings import Finding, blocks, warns
from ingestion.manifest import Manifest

# A content team withdraws pages one by one; losing a tenth in one build is worth a second look.
# Our choice, not a published figure; `--force --reason` is the way round it.
MOST_LOST = 0.10
# Below this a share says nothing: one page of five is a fifth.
FEW = 10


def check(candidate: Candidate) -> Iterator[Finding]:
    """Compare the counts with the live version, in all and by source."""
    new, live = candidate.index.manifest, candidate.live
    if live is None:
        return
    for what in ("pages", "passages", "units"):
        before, after = getattr(live, what), getattr(new, what)
        if _lost_much(before, after):
            yield blocks(
                "counts",
                what,
                f"The live version has {before} {what}, this one {after}: a loss of "
                f"{1 - after / before:.0%}.",
            )
    yield from _by_source(live, new)


def _by_source(live: Manifest, new: Manifest) -> Iterator[Finding]:
    now = {source.location: source.pages for source in new.sources}
    for source in live.sources:
        if source.location not in now:
            yield warns("counts", source.location, "This source is no longer part of the build.")
        elif source.pages and not now[source.location]:
            text = f"This source had {source.pages} pages in the live version and has none now."
            yield blocks("counts", source.location, text)


def _lost_much(before: int, after: int) -> bool:
    lost = before - after
    return lost > MOST_LOST * before and (lost >= FEW or (before < FEW and after == 0))
