import pytest

from guardrails.personal_data.handles import find_handles


def handles_in(text: str) -> list[str]:
    return [text[match.start : match.end] for match in find_handles(text)]


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        ("my twitter is @lindaok how do I claim pip", "@lindaok"),
        ("you can find me on insta @gaz_pugh.99 thanks", "@gaz_pugh.99"),
        ("my snapchat is danny.boy99", "danny.boy99"),
        ("add me on insta gaz_pugh.99", "gaz_pugh.99"),
        ("my sons discord is xx_ronnie_xx", "xx_ronnie_xx"),
        ("her tiktok handle is lindaokafor", "lindaokafor"),
        ("user jsmith88 and pass Blue12fish", "jsmith88"),
        ("my username is dannyboy", "dannyboy"),
        ("my psn tag is: sniper_kev", "sniper_kev"),
        ("whatsapp name is gazza_88", "gazza_88"),
        ("my login is gwenp1990", "gwenp1990"),
        ("fy enw defnyddiwr yw gwenp_90", "gwenp_90"),
    ],
)
def test_finds_a_handle_by_the_words_before_it(text: str, handle: str) -> None:
    assert handle in handles_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "is the twitter @HMRCcustomers real",
        "my facebook is hacked",
        "my facebook is down.can you help",
        "my facebook page 2 is wrong",
        "my xbox 360 refund",
        "my ebay sales 2024",
        "my skype interview is on 12th March",
        "my paypal payment was refused",
        "follow us on facebook at gov.uk",
        "my username is wrong",
        "my username is not working",
        "my login is gov.uk one login",
        "the user guide and pass marks",
    ],
)
def test_leaves_alone_what_is_no_handle(text: str) -> None:
    assert handles_in(text) == []
