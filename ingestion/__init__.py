"""Turn published guidance into a versioned, searchable index of passages."""

from ingestion.document import PageDetails
from ingestion.embedding import Embedder
from ingestion.errors import IngestionError
from ingestion.manifest import Manifest
from ingestion.passage import Passage, Unit, UnitKind
from ingestion.passage_index import LexicalField, PassageIndex

__all__ = [
    "Embedder",
    "IngestionError",
    "LexicalField",
    "Manifest",
    "PageDetails",
    "Passage",
    "PassageIndex",
    "Unit",
    "UnitKind",
]
