"""The parts a journey needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from bot.contact_route import ContactRoute
from bot.language_models.language_model import LanguageModel
from bot.language_models.reachability import ModelWatch
from bot.logs import log_verdict
from bot.retrieval import Calibration
from bot.retrieval.reranking import PairReader
from bot.retrieval.vocabulary import Vocabulary, load_vocabulary
from guardrails import QuestionPolicy, Verdict
from ingestion.embedding import Embedder
from ingestion.passage_index import PassageIndex


@dataclass(frozen=True, slots=True)
class Services:
    """The parts a journey needs; built once, in wiring.py or in a test.

    Attributes:
        index: The published index version.
        embedder: The model that built it.
        policy: The ordered guardrail rules.
        calibration: Fitted weights and thresholds.
        model: Writes answers; None for extractive answers.
        today: Returns the date answers must be right for.
        new_id: Returns a random, unguessable answer id.
        pair_reader: Reads the best passages together with the question; None for nobody.
        contact: Whom people are sent to who get no answer; None for a general sentence.
        watch: Looks for the model while nobody asks; None for nobody.
        record: Writes down each verdict that was more than "allow".
        vocabulary: Adds the guidance's words to everyday ones; the shipped one when not given.
    """

    index: PassageIndex
    embedder: Embedder
    policy: QuestionPolicy
    calibration: Calibration
    model: LanguageModel | None
    today: Callable[[], date]
    new_id: Callable[[], str]
    pair_reader: PairReader | None = None
    contact: ContactRoute | None = None
    watch: ModelWatch | None = None
    record: Callable[[Verdict], None] = log_verdict
    vocabulary: Vocabulary = field(default_factory=load_vocabulary)
