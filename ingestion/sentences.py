"""Split text into sentences."""

import re

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|Mr|Mrs|Ms|Dr|St|No|vs|Prof|Rev|Ltd|Co|Inc|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sept|Sep|Oct|Nov|Dec|p\.m|a\.m|cf|viz|ext|tel|para|reg|art|fig|h\.y|e\.e)\.|"
    r"\b[A-Z]\.)$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9£€$À-Ý])")


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, verbatim and in order.

    Joining them with single spaces gives the whitespace-normalised text back.
    """
    text = " ".join(text.split())
    sentences: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if _ABBREVIATIONS.search(text[start : boundary.start()]):
            continue
        end = boundary.start() + len(boundary.group().rstrip())
        sentences.append(text[start:end])
        start = boundary.end()
    if text[start:]:
        sentences.append(text[start:])
    return sentences
