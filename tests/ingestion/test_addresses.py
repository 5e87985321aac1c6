from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.errors import AddressRefusedError, FetchFailedError
from ingestion.sources.addresses import AddressRules, is_public, resolve_host


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
    ],
)
def test_an_address_that_is_not_on_the_public_internet_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["151.101.0.144", "8.8.8.8", "2a04:4e42::144", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_a_public_address_is_known(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_carrying_an_address_in_ipv6_never_makes_it_public(address: IPv4Address) -> None:
    carried = [
        IPv6Address(int(ip_address(prefix)) | int(address))
        for prefix in ("::", "::ffff:0:0", "64:ff9b::", "::ffff:0:0:0")
    ]
    carried.append(IPv6Address((0x2002 << 112) | (int(address) << 80)))

    if not is_public(str(address)):
        assert not any(is_public(str(form)) for form in carried)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://user:secret@example.org/", "user name or a password"),
        ("http://user@example.org/", "user name or a password"),
        ("http://@example.org/", "user name or a password"),
        ("http://example.org:22/", "port 22"),
        ("http://example.org:8080/", "port 8080"),
        ("http://example.org:99999/", "not a web address"),
        ("http://[::1/", "not a web address"),
        ("http:///path", "names no host"),
        ("http://.../", "names no host"),
        ("http://example.org\\@127.0.0.1/", "backslash"),
        ("http://exa mple.org/", "its host"),
        ("http://exa%00mple.org/", "its host"),
        ("http://example.org/\r\nX: y", "control character"),
    ],
)
def test_the_form_of_an_address_can_forbid_it(url: str, reason: str) -> None:
    with pytest.raises(AddressRefusedError) as refused:
        AddressRules().checked(url)

    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org./a", "http://example.org/a"),
        ("https://example.org/côd?q=tŷ", "https://example.org/c%C3%B4d?q=t%C5%B7"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        (" https://example.org/a b?c d ", "https://example.org/a%20b?c%20d"),
        ("https://tŷ.example/", "https://xn--t-foa.example/"),
        ("https://[2a04:4e42::144]/", "https://[2a04:4e42::144]/"),
    ],
)
def test_an_address_is_sent_in_one_form(url: str, sent: str) -> None:
    assert AddressRules().checked(url) == sent


@given(st.sampled_from(["http://", "https://", "HTTP://"]), st.text(max_size=30))
def test_the_form_that_is_sent_is_final(scheme: str, rest: str) -> None:
    try:
        once = AddressRules().checked(scheme + rest)
    except AddressRefusedError:
        return

    assert AddressRules().checked(once) == once
    assert once.isascii()


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "::1"]
)
def test_this_machine_is_refused_however_it_is_written(host: str) -> None:
    with pytest.raises((AddressRefusedError, FetchFailedError)):
        AddressRules().addresses_of(host, 80)


def test_a_public_name_that_leads_inside_is_refused() -> None:
    rules = AddressRules(resolve=lambda *_: ["8.8.8.8", "10.0.0.7"])

    with pytest.raises(AddressRefusedError, match=r"10\.0\.0\.7"):
        rules.addresses_of("guidance.example", 443)


def test_a_name_that_does_not_resolve_is_a_failure_not_a_refusal() -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(FetchFailedError, match="does not resolve"):
        AddressRules(resolve=nobody).addresses_of("guidance.example", 443)


@pytest.mark.parametrize(
    ("allowed", "host", "port", "is_allowed"),
    [
        ("intranet.council.gov.uk", "intranet.council.gov.uk", 443, True),
        (" Intranet.Council.gov.uk ", "intranet.council.gov.uk", 80, True),
        ("intranet.council.gov.uk", "intranet.council.gov.uk", 8080, False),
        ("intranet.council.gov.uk:8080", "intranet.council.gov.uk", 8080, True),
        ("intranet.council.gov.uk:8080", "intranet.council.gov.uk", 443, False),
        ("council.gov.uk", "intranet.council.gov.uk", 443, False),
        ("[::1]:8080", "::1", 8080, True),
    ],
)
def test_an_own_host_can_be_allowed(allowed: str, host: str, port: int, is_allowed: bool) -> None:
    rules = AddressRules.allowing([allowed], resolve=lambda *_: ["10.0.0.7"])

    if is_allowed:
        assert rules.addresses_of(host, port) == ["10.0.0.7"]
    else:
        with pytest.raises(AddressRefusedError):
            rules.addresses_of(host, port)


def test_the_machine_resolves_its_own_name() -> None:
    assert resolve_host("127.0.0.1", 80) == ["127.0.0.1"]
