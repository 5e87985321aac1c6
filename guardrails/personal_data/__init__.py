"""Find personal data in text: one pure function for each family of identifiers."""

from guardrails.personal_data.match import Finder, Match

__all__ = ["Finder", "Match"]
