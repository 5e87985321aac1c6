"""Take personal data out of logs and exports, more of it than a citizen's question needs.

All finders of personal data, and a model that guesses names and addresses
(`guardrails.name_tagger`). It takes out words that are none, which a log can bear and an answer
cannot: never use it on what is shown to a citizen. Fails closed.

Known misses: those of the finders and of the model (`examples/name_tagger.md`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guardrails.name_tagger import NameTagger
from guardrails.normalised import normalise
from guardrails.personal_data.match import Finder, Match
from guardrails.personal_data_kinds import WHOLE_MESSAGE
from guardrails.redaction import find_personal_data, redact


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Takes personal data out of a text that no citizen is shown.

    Attributes:
        finders: Finders of personal data.
        tagger: Guesses names and addresses.
    """

    finders: Sequence[Finder]
    tagger: NameTagger

    def __call__(self, text: str) -> str:
        """Return a text with placeholders; the whole is one when it cannot be read."""
        try:
            # The guesses come last, on what the finders left, so that kinds are named rightly.
            return self._without(self._without(text, self._find), self.tagger.find)
        except Exception:  # noqa: BLE001 - a log line without its text is better than with it
            return WHOLE_MESSAGE.placeholder_in("en")

    def _without(self, text: str, find: Finder) -> str:
        return redact(text, find_personal_data(normalise(text), find, "en"))

    def _find(self, text: str) -> Iterator[Match]:
        for finder in self.finders:
            yield from finder(text)
