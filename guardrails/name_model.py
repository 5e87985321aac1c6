"""Names found by a larger language model that an operator installs: spaCy, GLiNER, transformers.

Off as shipped. `ENQUIRY_NAME_MODEL` names a library and a model or a folder
(`spacy:en_core_web_lg`, `gliner:/models/gliner_medium`, `transformers:/models/ner`); what it takes
for a person is taken out like a name behind a cue. The library is imported here, when the rules are
built; none is needed otherwise. Nothing is downloaded unless the library does so for a name that is
not on the disk.

Known misses: those of the model; its false alarms take words out of questions, so measure it with
`make bench-guardrails` first. It runs inside the time of the search for personal data
(.4 s of the processor): a text that a slow model cannot read in time is refused whole.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from guardrails.errors import NameModelError
from guardrails.personal_data.match import Finder, Match

MAX_CHARACTERS = 4_000
_PERSON = frozenset(("PERSON", "PER", "B-PER", "I-PER"))
_GLINER_THRESHOLD = 0.6  # The library's own 0.5 takes offices for people.

Spans = Callable[[str], Iterator[tuple[int, int]]]


def load_name_model(setting: str) -> Finder:
    """Return a finder of names that asks the model a setting names.

    Args:
        setting: `library:model`.

    Raises:
        NameModelError: The library is unknown or not installed, or has no such model.
    """
    library, _, model = setting.partition(":")
    if library not in _LOADERS or not model:
        raise NameModelError(setting, f"Write one of {', '.join(_LOADERS)}, a colon and a model.")
    try:
        persons = _LOADERS[library](model)
    except ImportError as error:
        raise NameModelError(setting, f"Install it: pip install {library}.") from error
    except (OSError, ValueError) as error:
        raise NameModelError(setting, "No such model can be read; name its folder.") from error

    def find_modelled_names(text: str) -> Iterator[Match]:
        """Yield what the model takes for the name of a person."""
        for start, end in persons(text[:MAX_CHARACTERS]):
            if text[start:end].strip():
                yield Match("name", start, end)

    return find_modelled_names


def _load_spacy(model: str) -> Spans:
    pipeline: Any = import_module("spacy").load(model)

    def persons(text: str) -> Iterator[tuple[int, int]]:
        for entity in pipeline(text).ents:
            if entity.label_ in _PERSON:
                yield entity.start_char, entity.end_char

    return persons


def _load_gliner(model: str) -> Spans:
    reader: Any = import_module("gliner").GLiNER.from_pretrained(model)

    def persons(text: str) -> Iterator[tuple[int, int]]:
        for entity in reader.predict_entities(text, ["person"], threshold=_GLINER_THRESHOLD):
            yield entity["start"], entity["end"]

    return persons


def _load_transformers(model: str) -> Spans:
    # A word has the label of its first piece: "simple" tears names into pieces.
    tagger: Any = import_module("transformers").pipeline(
        "token-classification", model=model, aggregation_strategy="first"
    )

    def persons(text: str) -> Iterator[tuple[int, int]]:
        for entity in tagger(text):
            if entity["entity_group"] in _PERSON:
                yield entity["start"], entity["end"]

    return persons


_LOADERS: Mapping[str, Callable[[str], Spans]] = MappingProxyType(
    {"spacy": _load_spacy, "gliner": _load_gliner, "transformers": _load_transformers}
)
