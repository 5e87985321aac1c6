"""Whether the sentence of a source that a statement leans on says the same of the same.

A statement can be made of right words and right figures and still be wrong: the other nation, the
row below, the exception left out, "may" become "must". So each sentence is laid beside the
sentence of its source that it shares most with, rare words counting most, and the two are compared.

Known misses: two columns swapped within one sentence; a figure whose own clause leaves out what it
is about ("£140 with one"); what is wrong in words that both share. The lies it was made for, and
how many of others pass, are in `tests/bot/data/lies.txt` and decision record 0021.
"""

from collections.abc import Callable, Sequence

from bot.language_models.alignment import figures, meaning
from bot.language_models.alignment.sentences import Pair, nearest, sentences

_CHECKS: tuple[tuple[Callable[[Pair], bool], str], ...] = (
    (meaning.other_nation, "It says of one nation what the source says of another."),
    (meaning.exception_dropped, "It leaves out an exception that the source makes."),
    (meaning.stronger, "It says must or will where the source says may."),
    (meaning.wider, "Only one of statement and source says only."),
    (meaning.denied_by_nearest, "The sentence that best carries it says the opposite."),
    (figures.other_row, "Its figure belongs to another row of the table."),
    (figures.other_clause, "Its figure belongs to something else in the source."),
    (figures.other_column, "Its figure belongs to another column of the table."),
    (figures.other_relation, "Its figure is a limit of another kind in the source."),
)


def misaligned(statement: str, sources: Sequence[str]) -> str:
    """Return why a statement does not say what its sources say; empty when it may.

    Args:
        statement: Of one block, citation marks taken out.
        sources: What it cites; the first line of each is the title of its page.
    """
    headings = " ".join(text.split("\n")[0] for text in sources)
    stated = sentences("\n".join(sources))
    for said in sentences(statement):
        if near := nearest(said, stated):
            pair = Pair(said, near, stated, statement, headings)
            for is_wrong, reason in _CHECKS:
                if is_wrong(pair):
                    return reason
    return ""
