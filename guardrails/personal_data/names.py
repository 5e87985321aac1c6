"""Names of people, each by the words before it.

Only strong cues count: "my name is", a title, a relation or "I am" before a first and a last name,
the end of a letter. In small letters "im john taylor" counts by a list of first names. A
name alone is not told from a place or an office without a language model.

Known misses: names without such a cue; "miss" in small letters unless somebody is introduced; first
names after a relation ("my son Jamie"). Precision and recall on a labelled set are measured by
`make bench-guardrails`.
"""

import re
from collections.abc import Iterator

from guardrails.personal_data.match import LIKELY, Match, holds_any, sought
from guardrails.phrases import load_words

# Who deals with somebody, and what offices call people.
_OFFICER = (
    r"(?:case ?-?worker|social worker|support worker|key ?-?worker|work coach|job coach|adviser"
    r"|advisor|assessor|solicitor|landlord|landlady|manager|boss|doctor|gp|nurse|teacher|carer"
    r"|neighbour|housing officer|gweithiwr (?:achos|cymdeithasol))"
)
_CLIENT = (
    r"(?:claimant|applicant|tenant|patient|customer|client|appellant|defendant|respondent|executor"
    r"|deceased|caller|witness|account holder|next of kin|hawlydd|ymgeisydd)"
)
_ROLE = (
    rf"(?:{_OFFICER}|{_CLIENT}|uncle|aunt|auntie|cousin|nephew|niece|friend|boyfriend|girlfriend)"
)
_NAME_CUE = sought(
    r"\b(?:my|his|her|their|our|whose|the|husband'?s|wife'?s|partner'?s|son'?s|daughter'?s|child'?s)"
    r" (?:(?:full|first|last|legal|own|real|maiden|married|birth|sur|new|old|proper|late|\w+'?s)"
    r" ){0,2}(?:sur)?name(?: is|'s|’s|:| =| was)(?: now)? "
    r"|(?:^|[.,;:!?\n] ?)(?:(?:full |first |last |sur)?name|enw(?: llawn)?) ?[:=] {0,6}"
    r"|(?:^|[.,;:!?\n] ?)(?:the )?name['’]s (?=(?-i:[A-Z]))"
    r"|\b(?:i am|i'm|i’m|im|he is|she is|he's|she's|who is|son|daughter|wife|husband|partner"
    r"|mother|father|mum|dad|brother|sister) (?:called|named) "
    r"|\b(?:mother|father|mum|dad|son|daughter|wife|husband|partner) (?:is|was) (?:called|named) "
    rf"|\b{_ROLE}(?: is|['’]?s| was) (?:called|named) "
    r"|\b(?:it's|it is|its|booked|registered|listed|filed) under "
    r"(?:(?:my|his|her|the) (?:[\w']+ ){0,2}"
    r"name )?(?=(?-i:[A-Z]))"
    r"|\bthey call me |\bfy enw (?:i )?(?:yw|ydy|ydi) |\benw llawn ?(?:yw|:) ?"
    r"|\b(?:hello|hi|hey|hiya|good (?:morning|afternoon|evening)),? (?:this is|it's|its) ",
    re.IGNORECASE,
)
# With a capital, or unmistakable without one: "miss the deadline", "dr appointment" are no names.
_HONORIFIC = sought(
    r"(?<![\w'’-])(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Sir|Dame)\.? ?(?=[A-Z])"
    r"|(?:mr|mrs)\.? ?(?<=[ .]))"
)
_SMALL_TITLE = sought(
    r"(?<![\w'’-])dr\.? (?=[a-z])"
    r"|\b(?:i am|i'm|i’m|im|this is|called|named|spoke (?:to|with)|met|saw|see|with|from|dear|hi"
    r"|hello|by|behalf of|for) (?:miss|ms|mx|prof)\.? (?=[a-z])"
    r"|(?:^|[.!?\n] ?|\band )(?:miss|ms) (?=[a-z'-]{2,20} (?:from|at the|said|told|rang|called|is"
    r"|has|was|who|wrote|says|signed|gave|sent)\b)"
)
_NAME_WORD = r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_])){0,30}"
_NAME = re.compile(
    rf"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|lady)\.? )?{_NAME_WORD}(?: {_NAME_WORD}){{0,4}}", re.I
)
_CAPITAL_WORD = r"[A-ZÀ-Þ][^\W\d_]{0,20}(?:['’-][^\W\d_]{1,20})?"
_FULL_NAME = rf"(?P<name>{_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{1,2}})(?![\w'’])"
_RELATIVE = sought(
    r"\b(?i:my|his|her|our|their|fy|ei) (?i:late |eldest |youngest |older |younger |elderly |new "
    r"|former |ex[ -]?|step|grand|great[ -]){0,2}(?i:son|daughter|wife|husband|partner|mum|mother"
    r"|mam|dad|father|brother|sister|child|nan|gran|grandmother|grandfather|uncle|aunt|auntie"
    r"|cousin|nephew|niece|neighbou?r|friend|landlord|landlady|boss|manager|client|boyfriend"
    r"|girlfriend|carer|tenant|lodger|flatmate|fiancee?|ngŵr|ngwraig|mab|merch),? " + _FULL_NAME
)
_SIGNED_NAME = rf"(?P<name>{_CAPITAL_WORD}(?:\.(?= ))?(?: {_CAPITAL_WORD}(?:\.(?= ))?){{0,3}})"
_CLOSING = (
    r"(?:\b(?i:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many|sincere) (?:regards|wishes)|regards"
    r"|(?:yours|most|very|respectfully) (?:sincerely|faithfully|truly|respectfully|ever|yours)"
    r"|sincerely(?: yours)?|all the best|with (?:many )?thanks|cofion(?: gorau| cynnes| caredig)?"
    r"|dymuniadau gorau|yr eiddoch yn (?:gywir|ddiffuant)|yn (?:gywir|ddiffuant))"
    r"|(?:^|[.!?\n,] ?)(?i:many thanks|thanks|thank you|thanks in advance|cheers"
    r"|diolch(?: yn fawr)?|yours|respectfully|llofnodwyd|arwyddwyd))"
)
# "Signed" is also an ordinary word: alone it announces a name after a stop or before one.
_UNDERSIGNED = r"(?:(?:^|[.!?\n] ?)(?i:signed)|\b(?i:signed)(?=[,:\n]))"
# Job, telephone and what was taken out before may stand after the name.
_AFTER_SIGNATURE = (
    r"(?:[ ,;.\n]{1,4}(?:(?i:tel(?:ephone)?|mob(?:ile)?|phone|e-?mail|ff[oô]n)[:. ]{0,3})?"
    r"\[[^\[\]\n]{3,60}\]){0,3}"
)
_SIGNED = re.compile(
    rf"(?:{_CLOSING}|{_UNDERSIGNED})(?:[ ,.:\n-]{{1,4}}(?:(?i:from|by|oddi wrth|gan) )?)"
    rf"{_SIGNED_NAME}{_AFTER_SIGNATURE}[ .!\n]{{0,4}}$"
)
# Nothing but a name comes after these, also without capitals.
_SIGNED_SMALL = re.compile(
    r"(?:\byours (?i:sincerely|faithfully|truly)|\b(?:kind|best) regards|(?:^|[.!?\n,] ?)signed,?)"
    r"[ ,\n]{1,3}(?P<name>[a-z]{2,15} (?:[a-z]['’])?[a-z]{2,20})[ .!\n]{0,4}$"
)
_LONGEST_ENDING = 160
_SUBJECT_PARTS = ("lives at", "lived at", "passed away", "died on", "was born on", "is my")
_SUBJECT = re.compile(
    rf"(?:^|[.!?,:;\n>] ?){_FULL_NAME}(?= (?:lives at|lived at|passed away|died on|was born on"
    r"|is my (?:son|daughter|wife|husband|partner|mum|mother|dad|father|landlord|friend)\b))"
)
# "I am Janet Smith", where the sentence ends or goes on about something else.
_INTRODUCED = sought(
    rf"\b(?i:i am|i['’]?m|this is) {_FULL_NAME}(?= ?(?:[,.;:!\n]|$)| (?:and|from|here|of)\b)"
)
# "Tenant: Marcus Obi", "claimant OKAFOR, Linda", "caseworker Linda Okafor".
_LISTED = sought(
    # Without a mark only behind a word in small letters: "Landlord Gas Safety" is a heading.
    rf"\b(?:(?i:{_OFFICER}|{_CLIENT}|re|attn) ?[:=–-] ?|{_OFFICER},? |{_CLIENT},? )"
    rf"(?P<name>[A-ZÀ-Þ]{{2,20}}(?:['’-][A-ZÀ-Þ]{{2,20}})?, ?{_CAPITAL_WORD}(?: {_CAPITAL_WORD})?"
    rf"|{_CAPITAL_WORD}(?: {_CAPITAL_WORD}){{1,2}})(?![\w'’])"
)
# "My case worker susan won't ring": in small letters only a name that is no everyday word.
_KNOWN_BY_FIRST_NAME = sought(
    rf"\b(?:my|his|her|our|their|the|fy|ei) {_OFFICER},? (?P<name>[a-z]{{2,15}})(?![\w-])",
    re.IGNORECASE,
)
# "Im john taylor from leeds", "my daughters called Emily Parker": without a capital, or after an s
# that may mean more than one, only a first name that is no everyday word.
_KIN = (
    r"(?:son|daughter|wife|husband|partner|mum|mother|mam|dad|father|brother|sister|child|nan|gran"
    r"|boyfriend|girlfriend|baby|friend|neighbour)"
)
_FIRST_NAMED = sought(
    rf"\b(?:(?P<alone>(?:my|our|his|her|their) (?:[a-z]+ )?{_KIN}['’]?s (?:called|named))"
    r"|i am|i['’]?m|this is) (?P<names>[a-z]{2,15}(?: [a-z]{2,15}(?:['’-][a-z]{2,15})?){0,3})"
    r"(?![\w'’-])",
    re.IGNORECASE,
)
_ALL_CAPITALS = re.compile(r"[A-Z]{2,} [A-Z]{2,}")
# The head of a letter: a line that is a name, above one that begins with a house number.
_ADDRESSEE = re.compile(
    rf"(?m:^)[> ]{{0,3}}(?P<name>{_CAPITAL_WORD}(?: [A-Z]\.?)?(?: {_CAPITAL_WORD}){{1,2}})"
    r" ?,?\n{1,3}(?=[> ]{0,3}(?:Flat |Apt |Unit )?\d{1,5}[A-Za-z]? [^\W\d_])"
)
_PARTICLES = load_words("name_particles")
_NOT_A_NAME = load_words("not_a_name")
_NOT_AFTER_A_TITLE = load_words("not_after_a_title")
_NOT_A_PERSON = load_words("not_a_person")
_FIRST_NAMES = load_words("first_names")
_LIKE_WORDS = load_words("names_like_words")
_NOT_A_SURNAME = (
    load_words("not_a_surname") | load_words("stop_words") | _NOT_A_NAME | _NOT_A_PERSON
)


def find_names(text: str) -> Iterator[Match]:
    """Yield names that follow a strong cue such as "my name is", or an honorific.

    Source: no document states the form of a name; cues and words are our own lists in
    `word_lists/`. Known misses stand above.
    """
    for cue in (*_NAME_CUE.finditer(text), *_HONORIFIC.finditer(text)):
        yield from _name_at(text, cue.end())
    for cue in _SMALL_TITLE.finditer(text):
        word = _NAME.match(text, cue.end())
        if word and word[0].split(" ")[0].casefold().rstrip(".") not in _NOT_AFTER_A_TITLE:
            yield from _name_at(text, cue.end(), most=1)
    for found in _full_names(text):
        words = re.split(r",? |-", found["name"].casefold())
        if _NOT_A_PERSON.isdisjoint(words) and _NOT_A_NAME.isdisjoint(words):
            yield Match("name", found.start("name"), found.end("name"), LIKELY)
    yield from _first_named(text)
    for found in _KNOWN_BY_FIRST_NAME.finditer(text):
        if found["name"].casefold() in _FIRST_NAMES:
            yield Match("name", found.start("name"), found.end("name"), LIKELY)


def _first_named(text: str) -> Iterator[Match]:
    for found in _FIRST_NAMED.finditer(text):
        first, *others = found["names"].split(" ")
        if first.casefold() not in _FIRST_NAMES:
            continue
        kept = [first]
        for word in others[:2]:
            if word.casefold() in _NOT_A_SURNAME or _is_like_a_verb(word.casefold()):
                break
            kept.append(word)
        if len(kept) > 1 or found["alone"]:
            start = found.start("names")
            yield Match("name", start, start + len(" ".join(kept)), LIKELY)


def _full_names(text: str) -> Iterator[re.Match[str]]:
    yield from _RELATIVE.finditer(text)
    yield from _LISTED.finditer(text)
    ending = max(0, len(text) - _LONGEST_ENDING)
    yield from _SIGNED.finditer(text, ending)
    yield from _SIGNED_SMALL.finditer(text, ending)
    yield from _introduced(text)
    if holds_any(text, _SUBJECT_PARTS):
        yield from _SUBJECT.finditer(text)
    if "\n" in text:
        yield from _ADDRESSEE.finditer(text)


def _introduced(text: str) -> Iterator[re.Match[str]]:
    for found in _INTRODUCED.finditer(text):
        # Whoever shouts writes every word in capitals.
        if not _ALL_CAPITALS.match(found["name"]):
            yield found


def _name_at(text: str, place: int, *, most: int = 5) -> Iterator[Match]:
    found = _NAME.match(text, place)
    words = _name_words(found[0])[:most] if found else []
    if found and words:
        end = found.start() + len(" ".join(words).rstrip(".'’-"))
        yield Match("name", found.start(), end)


def _name_words(found: str) -> list[str]:
    words = found.split(" ")
    capitals = words[0][:1].isupper()
    kept: list[str] = []
    for word in words[: 5 if capitals else 2]:
        lower = word.casefold()
        if lower in _NOT_A_NAME or _is_like_a_verb(word):
            break
        if capitals and not word[0].isupper() and lower not in _PARTICLES:
            break
        kept.append(word)
    while kept and kept[-1].casefold() in _PARTICLES:
        kept.pop()
    return kept


def _is_like_a_verb(word: str) -> bool:
    return word.islower() and word.endswith(("ing", "ly", "ed")) and word not in _LIKE_WORDS
