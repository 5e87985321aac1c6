import pytest

from bot.retrieval.suitability import for_another_nation


@pytest.mark.parametrize(
    ("nation", "best", "another"),
    [
        ("scotland", "england", True),
        ("england+wales", "scotland", True),
        ("england", "england", False),
        ("wales", "england+wales", False),
        ("uk", "scotland", False),
        ("scotland", "uk", False),
        ("", "wales", False),
    ],
)
def test_a_page_is_for_another_nation_when_none_is_shared(
    nation: str, best: str, another: bool
) -> None:
    assert for_another_nation(nation, best) is another
