"""Which addresses may be asked, which private host is allowed, what is printed."""

import socket
from time import process_time
from typing import Any

import pytest

from dateline.ingest.feeds.addresses import BadHost, Hosts, mask_secrets, public
from dateline.ingest.feeds.fetch import Fetcher, NotFetched

pytestmark = pytest.mark.fault
PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.255.1.2
168.63.129.16 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8 192.0.0.170
192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.1.1 192.175.48.1 198.18.0.1
198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255
:: ::1 ::7f00:1 ::8.8.8.8 ::ffff:10.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8
64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::808:808 64:ff9b:1::a00:1 100::1
2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1
2001:db8::1 2002:7f00:1:: 2002:a00:1::1 2002:808:808::1 3fff::1 5f00::1
fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 feff::1 ff02::1 ff0e::1
2a00:1450::5efe:10.0.0.1 2a00:1450::200:5efe:a00:1 words 1.2.3 ""
""".split()
PUBLIC = "8.8.8.8 93.184.216.34 100.63.1.1 172.32.0.1 2a00:1450:4001::5 2606:2800::1"


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_that_leads_inside_is_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_addresses_of_the_public_internet_are(address: str) -> None:
    assert public(address)


class Names:
    """Names of hosts, and a net that notes who is connected to."""

    def __init__(self, patch: pytest.MonkeyPatch, names: dict[str, list[str]]) -> None:
        self.names, self.reached = names, []  # type: ignore[var-annotated]
        patch.setattr(socket, "getaddrinfo", self.resolve)
        patch.setattr(socket, "create_connection", self.connect)

    def resolve(self, host: str, port: int, **_: Any) -> list[Any]:
        if host not in self.names:
            raise socket.gaierror("no such name")
        kind = socket.SOCK_STREAM
        return [(0, kind, 6, "", (each, port)) for each in self.names[host]]

    def connect(self, to: tuple[str, int], *_: Any) -> None:
        self.reached.append(to)
        raise OSError("nobody there")


@pytest.mark.parametrize(
    "found",
    [
        ["93.184.216.34", "10.0.0.7"],
        ["10.0.0.7", "93.184.216.34"],
        ["2606:2800::1", "::1"],
        ["93.184.216.34", "64:ff9b::a00:7"],
        ["93.184.216.34", "93.184.216.35", "169.254.169.254"],
    ],
)
def test_a_name_with_one_public_and_one_private_address_is_refused(
    found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    net = Names(monkeypatch, {"two.example": found})
    with pytest.raises(NotFetched) as told:
        Fetcher("test").get("http://two.example/", {}, anywhere)
    assert told.value.code == "address_not_allowed"
    assert net.reached == []


def anywhere(_: str) -> None:
    """Be welcome everywhere."""


def code(fetcher: Fetcher, url: str, asked_by: str = "") -> str:
    with pytest.raises(NotFetched) as told:
        fetcher.get(url, {}, anywhere, asked_by or url)
    return told.value.code


INSIDE = {
    "desk.paper.example": ["10.1.2.3"],
    "other.paper.example": ["10.1.2.4"],
    "wire.example": ["93.184.216.34"],
    "cloud.paper.example": ["169.254.169.254"],
    "zero.paper.example": ["0.0.0.0"],
}


def test_one_private_host_can_be_allowed_and_only_that(monkeypatch: pytest.MonkeyPatch) -> None:
    net = Names(monkeypatch, INSIDE)
    own = Fetcher("test", hosts=Hosts.of(["Desk.Paper.example."]))
    assert code(own, "http://desk.paper.example/feed") == "unreachable"
    assert net.reached == [("10.1.2.3", 80)]
    assert code(own, "http://other.paper.example/feed") == "address_not_allowed"
    assert code(own, "http://x.desk.paper.example/") == "unreachable"
    assert net.reached == [("10.1.2.3", 80)]


def test_a_port_of_a_private_host_can_be_allowed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Names(monkeypatch, INSIDE)
    own = Fetcher("test", hosts=Hosts.of(["desk.paper.example:8080"]))
    assert code(own, "http://desk.paper.example:8080/feed") == "unreachable"
    assert code(own, "http://desk.paper.example/feed") == "address_not_allowed"


def test_a_strangers_feed_does_not_lead_to_an_allowed_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link or redirect of a public feed could ask the newsroom's machines."""
    net = Names(monkeypatch, INSIDE)
    own = Fetcher("test", hosts=Hosts.of(["desk.paper.example"]))
    inside, wire = "http://desk.paper.example/delete?all", "http://wire.example/feed"
    assert code(own, inside, wire) == "address_not_allowed"
    assert net.reached == []


@pytest.mark.parametrize("name", ["cloud.paper.example", "zero.paper.example"])
def test_an_allowed_name_opens_no_metadata_of_a_cloud(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = Names(monkeypatch, INSIDE)
    assert code(Fetcher("test", hosts=Hosts.of([name])), f"http://{name}/") == (
        "address_not_allowed"
    )
    assert net.reached == []


@pytest.mark.parametrize("name", ["", "*", "*.example", "a b", "http://a.example", "["])
def test_what_is_no_host_is_not_allowed(name: str) -> None:
    with pytest.raises(BadHost):
        Hosts.of([name])


@pytest.mark.parametrize(
    "url",
    [
        "https://me:S3CRET@wire.example/feed",
        "https://S3CRET@wire.example/feed",
        "https://me:S3CRET/x@wire.example/feed",
        "https://me:a?S3CRET@wire.example/feed",
        "https://me:a#S3CRET@[bad/feed",
        "https://wire.example/feed?token=S3CRET",
        "https://wire.example/feed?a=1&api_key=S3CRET&b=2",
        "https://wire.example/feed?a=1;Access-Token=S3CRET#x",
        "https://wire.example/feed?password=S3CRET@x",
        "https://wire.example/#sig=S3CRET",
        "https://wire.example/feed?X-Amz-Signature=S3CRET",
        "https://wire.example/feed?apikey=S3CRET",
    ],
)
def test_no_password_of_an_address_is_printed(url: str) -> None:
    assert "S3CRET" not in mask_secrets(url)
    assert "wire.example" in mask_secrets(url) or "[bad" in mask_secrets(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://wire.example/feed?keyword=uganda&page=2",
        "https://wire.example:8080/@desk/feed",
        "https://wire.example/feed?author=x@y.example",
        "https://[2606:2800::1]:80/a@b",
        "words and no address",
        "",
    ],
)
def test_an_address_without_one_is_printed_whole(url: str) -> None:
    assert mask_secrets(url) == url


@pytest.mark.parametrize("piece", ["//a:b", "//", "@", ":", "?token=", "-_.", "//[:"])
def test_masking_takes_no_longer_than_the_address(piece: str) -> None:
    began = process_time()
    mask_secrets(f"https://a.example/{piece * 30_000}")
    mask_secrets(piece * 30_000)
    assert process_time() - began < 1


def test_an_address_of_many_characters_is_not_asked() -> None:
    url = f"https://wire.example/?token=S3CRET{'x' * 5000}"
    with pytest.raises(NotFetched, match="over 4,000 characters") as told:
        Fetcher("test").get(url, {}, anywhere)
    assert "S3CRET" not in str(told.value)
