"""A word that stands in our instructions to a language model and nowhere else.

Nobody outside can know it, so a reply that holds it repeats the instructions.
"""

import secrets

CANARY = secrets.token_hex(8)


def repeats_instructions(written: str) -> bool:
    """Whether a reply of a language model holds what only its instructions hold."""
    return CANARY in written
