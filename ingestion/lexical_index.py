"""BM25 over passages, pages, titles and units (the only home of bm25s and the stemmer).

Words are stemmed with Snowball; Welsh and English stop words are left out. The index is stored as
plain arrays and JSON, never pickled.
"""

import math
import re
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from ingestion.passage_index import LexicalField
from ingestion.spelling import Spelling

# Lucene's variant with its default k1 and b (Kamphuis et al., 2020, "Which BM25 do you mean?").
_METHOD, _K1, _B = "lucene", 1.2, 0.75
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP_WORDS_TEXT = """
a about above after again all also am an and any are as at be because been before being below
between both but by can could did do does doing down during each few for from further get got had
has have having he her here hers him his how i if in into is it its itself just me more most my no
not now of off on once only or other our ours out over own please same she should so some such tell
than that the their theirs them then there these they this those through to too under until up very
want was we were what when where which while who whom why will with would you your yours
i'm i've i'd i'll don't can't it's
mae yn yr y a ac o i ar am gan gyda fy dy ei ein eich eu fi ti ni chi nhw oes ydy yw sydd sut beth
pwy pryd ble pam faint os neu ond fel bod fod wedi bydd rhaid gallaf gallwch cael wrth at
"""
_STOP_WORDS = frozenset(_STOP_WORDS_TEXT.split())
_ASKING_WORDS = frozenset(("much", "many", "long", "need", "cost", "does"))


class Words:
    """Turns text into stemmed content words; one stemmer for each thread."""

    def __init__(self) -> None:
        self._local = threading.local()

    def of(self, text: str) -> list[str]:
        """Return the stemmed content words of a text, in order."""
        return self.stems(_content_words(text))

    def as_written(self, text: str) -> dict[str, str]:
        """Return each stem of a text's content words with the word it was made of."""
        found = _content_words(text)
        return dict(zip(self.stems(found), found, strict=True))

    def stems(self, words: list[str]) -> list[str]:
        """Return the stems of words in lower case, in order."""
        if not hasattr(self._local, "stemmer"):
            self._local.stemmer = Stemmer.Stemmer("english")
        stems: list[str] = self._local.stemmer.stemWords(words)
        return stems


def _content_words(text: str) -> list[str]:
    found = (match.group().lower().replace("’", "'") for match in _WORD.finditer(text))
    return [word for word in found if word not in _STOP_WORDS]


def write_lexical(path: Path, texts: Mapping[LexicalField, Iterable[str]]) -> None:
    """Write one BM25 index for each field.

    Args:
        path: A new folder.
        texts: For each field, the text of every row.
    """
    words = Words()
    for field, rows in texts.items():
        # Numbers instead of words, row by row: the words of a large corpus would fill the memory.
        vocabulary: dict[str, int] = {}
        ids = [
            np.array([vocabulary.setdefault(w, len(vocabulary)) for w in words.of(row)], np.int32)
            for row in rows
        ]
        if not vocabulary:
            # Every row is made of stop words. A word that nobody can ask for keeps the mean
            # length of a row above zero.
            vocabulary, ids = {"": 0}, [np.zeros(1, np.int32) for _ in ids]
        scorer = bm25s.BM25(method=_METHOD, k1=_K1, b=_B)
        scorer.index((ids, vocabulary), show_progress=False, create_empty_token=False)
        scorer.save(path / field.value, show_progress=False)


class LexicalIndex:
    """Reads the BM25 indexes of one version."""

    def __init__(self, path: Path) -> None:
        self._words = Words()
        self._scorers = {field: _load(path / field.value) for field in LexicalField}
        pages = self._scorers[LexicalField.PAGE]
        holding = np.diff(pages.scores["indptr"])
        self._spelling = Spelling(
            {word: int(holding[token]) for word, token in pages.vocab_dict.items()}
        )

    def scores(self, words: Iterable[str], field: LexicalField) -> NDArray[np.float32]:
        """Return the BM25 score of every row for words as `word_weights` gives them."""
        scorer = self._scorers[field]
        known = [word for word in words if word in scorer.vocab_dict]
        if not known:
            return np.zeros(int(scorer.scores["num_docs"]), dtype=np.float32)
        return np.asarray(scorer.get_scores(known), dtype=np.float32)

    def holding(
        self, words: Iterable[str], field: LexicalField, rows: NDArray[np.int32]
    ) -> NDArray[np.bool_]:
        """Return which of some rows of a field hold which words; see `PassageIndex`."""
        scorer = self._scorers[field]
        holders, starts = scorer.scores["indices"], scorer.scores["indptr"]
        tokens = [scorer.vocab_dict.get(word) for word in words]
        held = np.zeros((len(tokens), len(rows)), dtype=bool)
        marked = np.zeros(int(scorer.scores["num_docs"]), dtype=bool)
        for place, token in enumerate(tokens):
            if token is not None:
                with_word = holders[starts[token] : starts[token + 1]]
                marked[with_word] = True
                held[place] = marked[rows]
                marked[with_word] = False
        return held

    @property
    def largest_weight(self) -> float:
        """Weight of a word that no passage holds."""
        rows = int(self._scorers[LexicalField.PASSAGE].scores["num_docs"])
        return math.log(1 + (rows + 0.5) / 0.5)

    def word_weights(self, text: str) -> dict[str, float]:
        """Return the content words of a text with their inverse document frequency in passages."""
        scorer = self._scorers[LexicalField.PASSAGE]
        rows, starts = int(scorer.scores["num_docs"]), scorer.scores["indptr"]
        weights = {}
        for word in self._content_words(text):
            token = scorer.vocab_dict.get(word)
            holding = 0 if token is None else int(starts[token + 1] - starts[token])
            weights[word] = math.log(1 + (rows - holding + 0.5) / (holding + 0.5))
        return weights

    def well_spelt(self, text: str) -> str:
        """Return a text with its misspelt words as pages write them; see `Spelling`."""
        return self._spelling.well_spelt(text, self._words.stems, _STOP_WORDS | _ASKING_WORDS)

    def _content_words(self, text: str) -> list[str]:
        written = self._words.as_written(text)
        return sorted({self._spelling.corrected(stem, written[stem]) for stem in written})


def _load(path: Path) -> bm25s.BM25:
    scorer = bm25s.BM25.load(path, mmap=True, show_progress=False)
    # As plain arrays: `memmap` pays for its class again with every slice, 800 times a question.
    for name in ("data", "indices", "indptr"):
        scorer.scores[name] = np.asarray(scorer.scores[name])
    return scorer
