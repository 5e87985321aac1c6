from hypothesis import given
from hypothesis import strategies as st

from ingestion.changes import Inventory, page_changes, passage_changes

TEXTS = st.sampled_from(["a", "b", "c"])
PAGES = st.dictionaries(st.sampled_from(["/1", "/2", "/3", "/4"]), st.tuples(TEXTS, TEXTS))


def inventory(**pages: str) -> Inventory:
    return Inventory(pages={name: (text, "details") for name, text in pages.items()})


def test_pages_are_added_changed_moved_removed_or_unchanged() -> None:
    before = inventory(same="s", edited="old", old_place="moved text", withdrawn="w")
    after = inventory(same="s", edited="new", new_place="moved text", fresh="f")

    changes = page_changes(before, after)

    assert changes.added == ("fresh",)
    assert changes.changed == ("edited",)
    assert changes.moved == (("old_place", "new_place"),)
    assert changes.removed == ("withdrawn",)
    assert changes.unchanged == 1


def test_new_details_without_new_text_change_a_page() -> None:
    before = Inventory(pages={"/1": ("text", "updated 2025")})
    after = Inventory(pages={"/1": ("text", "updated 2026")})

    assert page_changes(before, after).changed == ("/1",)


def test_new_text_under_the_same_heading_is_a_changed_passage() -> None:
    before = Inventory(passages={"p1": ("d1", "/1 Fees"), "p2": ("d2", "/1 Times")})
    after = Inventory(passages={"p3": ("d3", "/1 Fees"), "p4": ("d4", "/2 Fees")})

    changes = passage_changes(before, after)

    assert changes.changed == ("p3",)
    assert changes.added == ("p4",)
    assert changes.removed == ("p2",)


@given(before=PAGES, after=PAGES)
def test_every_page_is_counted_exactly_once(
    before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]
) -> None:
    changes = page_changes(Inventory(pages=before), Inventory(pages=after))

    arrived = [*changes.added, *changes.changed, *(new for _, new in changes.moved)]
    left = [*changes.removed, *(old for old, _ in changes.moved)]
    assert len(arrived) + changes.unchanged == len(after)
    assert len(left) + len(changes.changed) + changes.unchanged == len(before)
    assert changes.nothing == (before == after)
