"""Personal data found with Presidio: our UK recognisers and its own for IBANs and cards.

The only module that imports Presidio. No language model and no network is involved, the engine
keeps nothing after the call, and recognisers read the words around a number themselves: Presidio
compares single lemmas, which a text without a spaCy model does not have, so its own reading of
context is left out.
"""

from collections.abc import Collection, Iterator, Sequence
from types import MappingProxyType
from typing import Any

from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    LocalRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, IbanRecognizer

from guardrails.personal_data.match import LIKELY, Finder, Match, Searched

LANGUAGE = "en"

_STOCK = MappingProxyType({"CREDIT_CARD": "card", "IBAN_CODE": "iban"})


class NoNlpEngine(NlpEngine):
    """Reads no words: every recogniser here reads the text by itself, in any language."""

    engine_name = "none"
    is_available = True

    def load(self) -> None:
        """Do nothing: there is no model."""

    def is_loaded(self) -> bool:
        """Return True: there is no model."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:  # noqa: ARG002
        """Return no words."""
        return NlpArtifacts(
            entities=[],
            tokens=[],  # type: ignore[arg-type]  # typed for spaCy only
            tokens_indices=[],
            lemmas=[],
            nlp_engine=self,
            language=language,
        )

    def process_batch(
        self,
        texts: Any,
        language: str,
        batch_size: int = 1,  # noqa: ARG002 - the signature is Presidio's
        n_process: int = 1,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Yield each text, without words."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002
        """Return False: every word counts as context."""
        return False

    def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002
        """Whether a token holds no letter and no digit."""
        return not any(character.isalnum() for character in word)

    def get_supported_entities(self) -> list[str]:
        """Return nothing: only recognisers find entities."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Return the one language code that all recognisers are registered under."""
        return [LANGUAGE]


class NoContext(ContextAwareEnhancer):
    """Changes no score: recognisers have read the words around a number themselves."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self,
        text: str,  # noqa: ARG002 - the signature is Presidio's
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
        recognizers: list[EntityRecognizer],  # noqa: ARG002
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return the results as they are."""
        return raw_results


class FinderRecognizer(LocalRecognizer):
    """A finder of ours as a Presidio recogniser; entities are named like our kinds."""

    def __init__(self, finder: Finder, kinds: Sequence[str]) -> None:
        self._finder = finder
        super().__init__(
            supported_entities=list(kinds), supported_language=LANGUAGE, name=finder.__name__
        )

    def load(self) -> None:
        """Do nothing: there is no model."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - the signature is Presidio's
        nlp_artifacts: NlpArtifacts,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return what the finder finds."""
        return [
            RecognizerResult(match.kind, match.start, match.end, match.score)
            for match in self._finder(text)
        ]


def build_presidio_finder(
    finders: Sequence[tuple[Finder, Sequence[str]]], *, leave: Collection[str] = ()
) -> Finder:
    """Return one finder that runs all finders, and Presidio's for IBANs and cards, in Presidio.

    Args:
        finders: Our finders with the kinds they yield.
        leave: Kinds that are not personal data in this deployment.
    """
    registry = RecognizerRegistry(supported_languages=[LANGUAGE])
    for finder, kinds in finders:
        registry.add_recognizer(FinderRecognizer(finder, kinds))
    registry.add_recognizer(CreditCardRecognizer(supported_language=LANGUAGE))
    registry.add_recognizer(IbanRecognizer(supported_language=LANGUAGE))
    engine = AnalyzerEngine(
        registry=registry,
        nlp_engine=NoNlpEngine(),
        context_aware_enhancer=NoContext(),
        supported_languages=[LANGUAGE],
        default_score_threshold=LIKELY,
    )

    def find_personal_data(text: str) -> Iterator[Match]:
        """Yield everything that any recogniser finds."""
        for result in engine.analyze(Searched(text), language=LANGUAGE):
            kind = _STOCK.get(result.entity_type, result.entity_type)
            if kind not in leave:
                yield Match(kind, result.start, result.end, result.score)

    return find_personal_data
