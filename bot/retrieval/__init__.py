"""Find the guidance that may answer an enquiry, and say how sure we are."""

from bot.retrieval.calibration import Calibration
from bot.retrieval.evidence import Evidence, PageCandidate, UnitCandidate
from bot.retrieval.query import Query
from bot.retrieval.search import find_evidence

__all__ = ["Calibration", "Evidence", "PageCandidate", "Query", "UnitCandidate", "find_evidence"]
