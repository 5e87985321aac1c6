"""Renumber the citations of an answer that something is put in front of."""

from dataclasses import replace

from bot.answer import Answer, Block, Citation


def numbered_from(answer: Answer, first: int) -> Answer:
    """Return an answer whose citations follow so many others."""
    return replace(
        answer,
        blocks=tuple(block_from(block, first) for block in answer.blocks),
        citations=tuple(citation_from(citation, first) for citation in answer.citations),
    )


def block_from(block: Block, first: int) -> Block:
    """Return a block that refers to citations that follow so many others."""
    return replace(block, citations=tuple(number + first for number in block.citations))


def citation_from(citation: Citation, first: int) -> Citation:
    """Return a citation that follows so many others."""
    return replace(citation, number=citation.number + first)
