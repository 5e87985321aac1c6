"""The main part of a page that does not mark it (the only home of trafilatura)."""


def main_html(content: str) -> str:
    """Return the main part as simple HTML; empty when none can be told from the rest.

    Asked only when a page has no `main`, `role="main"`, `.govspeak` or `article`.
    """
    # Imported when the first such page comes: the library takes a second to load.
    import trafilatura  # noqa: PLC0415

    found = trafilatura.extract(
        content,
        output_format="html",
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        favor_recall=True,
    )
    return found or ""
