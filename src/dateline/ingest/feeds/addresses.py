"""Which hosts may be asked, and what of an address may be printed.

An address is public only where it is sure to be: IPv6 is the block that is given out
to networks, less what is reserved in it; what holds an IPv4 address within (mapped,
6to4, Teredo, NAT64, ISATAP) is none, since a translator may lead it inside.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

GIVEN_OUT = ip_network("2000::/3")
RESERVED = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16"
            " 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24"
            " 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15"
            " 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
            " 168.63.129.16/32"  # the platform of Azure, on every machine there
            " 2001::/23 2001:db8::/32 2002::/16 3fff::/20"
        ).split(),
    )
)
NOBODYS = tuple(
    map(  # not even of an allowed host: machines' metadata, all at once, nobody
        ip_network,
        (
            "0.0.0.0/8 169.254.0.0/16 168.63.129.16/32 100.100.100.200/32 224.0.0.0/3"
            " ::/128 fe80::/10 ff00::/8 fd00:ec2::254/128"
        ).split(),
    )
)
ISATAP = (0x00005EFE, 0x02005EFE)  # the middle of such an address
HOST = re.compile(r"(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>\d{1,5}))?", re.A)
AUTHORITY, PORT = re.compile(r"[^/?#\s]*"), re.compile(r"\d{0,5}$", re.A)
LONGEST = 4000  # characters of an address that is asked
SECRET = re.compile(
    r"([?&;#](?:[\w.-]*[-_.])?(?:pass(?:word|wd|phrase)?|pwd|secret|auth(?:orization)?"
    r"|credentials?|sig(?:nature)?|session(?:_?id)?|(?:access|auth|id)?[-_]?token"
    r"|(?:api|access|auth|app|private|subscription)?[-_]?key)=)[^&;#\s]+",
    re.I,
)


class BadHost(ValueError):
    """A name of a host to allow that is none; the message says which."""


def parse_address(address: str) -> IPv4Address | IPv6Address | None:
    """Return an address without its zone, None where it is none."""
    try:
        return ip_address(address.partition("%")[0])
    except ValueError:
        return None


def public(address: str) -> bool:
    """Whether an address is of the public internet.

    >>> public("93.184.216.34"), public("169.254.169.254"), public("64:ff9b::7f00:1")
    (True, False, False)
    """
    found = parse_address(address)
    if found is None or any(found in each for each in RESERVED):
        return False
    if isinstance(found, IPv6Address):
        isatap = int(found) >> 32 & 0xFFFFFFFF in ISATAP
        return found in GIVEN_OUT and not isatap and found.is_global
    return found.is_global


def usable(address: str) -> bool:
    """Whether an address may be that of a host which was allowed by its name.

    >>> usable("10.0.0.1"), usable("169.254.169.254")
    (True, False)
    """
    found = parse_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    if mapped is not None:
        return usable(str(mapped))
    return found is not None and not any(found in each for each in NOBODYS)


@dataclass(frozen=True, slots=True)
class Hosts:
    """Hosts that may be asked though they are private, each alone or with a port."""

    names: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def of(cls, told: Iterable[str]) -> "Hosts":
        """Return the hosts of a list, as `desk.paper.example` or `10.0.0.7:8080`.

        Raises BadHost for what is no host's name: there are no patterns.
        """
        found = set()
        for name in told:
            parts = HOST.fullmatch(name.strip())
            if parts is None or not parts["host"].strip(".-"):
                why = f"allow_hosts: {mask_secrets(name)!r} is no host like desk.example"
                raise BadHost(why)
            port = int(parts["port"]) if parts["port"] else None
            found.add((plain_host(parts["host"].strip("[]")), port))
        return cls(frozenset(found))

    def hold(self, url: str) -> bool:
        """Whether an address is of one of these hosts.

        >>> Hosts.of(["desk.example:8080"]).hold("http://desk.example:8080/feed")
        True
        """
        try:
            parts = urlsplit(url)
            host, port = plain_host(parts.hostname or ""), parts.port
        except ValueError:
            return False
        port = port or (443 if parts.scheme == "https" else 80)
        return (host, None) in self.names or (host, port) in self.names


def plain_host(name: str) -> str:
    """Return the name of a host in one spelling."""
    return name.lower().removesuffix(".")


def mask_secrets(url: str) -> str:
    """Return an address as it may be printed and kept: passwords and tokens as ***.

    A secret in the path itself cannot be told from any other word of it.

    >>> mask_secrets("https://me:word@a.example/feed?page=2&token=abc")
    'https://***@a.example/feed?page=2&token=***'
    """
    before, slashes, rest = url.partition("//")
    place = AUTHORITY.match(rest)
    authority = place[0] if place else ""
    end = authority.rfind("@")
    colon, port = authority.rpartition(":")[1:]
    if end < 0 and colon and not authority.startswith("[") and not PORT.match(port):
        end = rest.split(maxsplit=1)[0].rfind("@")  # a password with a slash in it
    named = f"{before}{slashes}***{rest[end:]}" if end >= 0 else url
    return SECRET.sub(r"\1***", named)
