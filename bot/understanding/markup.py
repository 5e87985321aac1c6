"""Text as it reads, without the marks of a web page in it."""

import re

# What a browser never shows; a citizen who pastes a page does not ask about it.
_UNSEEN = re.compile(
    r"<(script|style|template|noscript)\b[^<>]*>.*?</\1\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
# Only elements of HTML: "income < 16000", "<my council>" and "<3" are a citizen's own words.
_TAG = re.compile(
    r"</?(?:a|abbr|article|aside|audio|b|base|blockquote|body|br|button|caption|center|cite|code|"
    r"dd|del|details|div|dl|dt|em|embed|fieldset|figure|font|footer|form|frame|h[1-6]|head|header|"
    r"hr|html|i|iframe|img|input|ins|label|legend|li|link|main|mark|marquee|meta|nav|noscript|"
    r"object|ol|option|p|param|pre|q|s|script|section|select|small|source|span|strike|strong|style|"
    r"sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|u|ul|video)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def without_markup(text: str) -> str:
    """Return a text without HTML: tags, comments, and scripts and styles with what they hold.

    The text itself when nothing else is left, so that a question about a tag still asks something.
    """
    clean = _TAG.sub(" ", _UNSEEN.sub(" ", text))
    return clean if clean.strip() else text
