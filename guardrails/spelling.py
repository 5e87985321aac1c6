"""Put right one-letter slips in a few long words that rules depend on."""

import re

_WORD = re.compile(r"[a-z]{5,14}")


class Respeller:
    """Puts right slips in known words: one letter missing, doubled, swapped or wrong.

    Only for long words without everyday neighbours: "suicde" is put right, but a word such as
    "raped" must stay out, because "taped" is a word too.
    """

    def __init__(self, words: str) -> None:
        self._words = frozenset(words.split())
        self._shapes = {shape: word for word in self._words for shape in _slips(word)}

    def respelled(self, plain: str) -> str:
        """Return plain text with the known words put right."""
        right: dict[str, str] = {}  # For this text alone: nothing a citizen wrote is kept.

        def put_right(found: re.Match[str]) -> str:
            written = found[0]
            if written not in right:
                right[written] = self._put_right(written)
            return right[written]

        spelled = _WORD.sub(put_right, plain)
        return plain if spelled == plain else spelled

    def _put_right(self, written: str) -> str:
        if written in self._words:
            return written
        near = (self._shapes[shape] for shape in _slips(written) if shape in self._shapes)
        return next((word for word in near if abs(len(word) - len(written)) <= 1), written)


def _slips(word: str) -> list[str]:
    """Return a word and every form of it with one letter left out."""
    return [word, *(word[:place] + word[place + 1 :] for place in range(len(word)))]
