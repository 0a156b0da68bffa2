"""One place of the gazetteer, and the form in which names of places are compared."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from math import asin, cos, radians, sin, sqrt

from dateline.model.answers import Precision

EARTH = 12742.0  # kilometres, the diameter
GRAINS: dict[str, Precision] = {
    "PCLI": "country",
    "PCLD": "country",
    "ADM1": "admin1",
    "ADM2": "admin2",
}
SITES = frozenset(
    (
        *("BLDG", "GOVT", "PAL", "SQR", "CSTL", "MNMT", "AIRP", "AIRB", "INSM", "PRN"),
        *("STDM", "HSP", "SCH", "UNIV", "CH", "MSQE", "TMPL", "PRT", "HTL", "ST"),
        *("BDG", "DIPL", "COMC", "CTRB", "PLNT", "DAM", "CMP", "BDRX", "OFF", "MUS"),
        *("RSTN", "PRK", "HSE"),
    )
)
MUTE = str.maketrans("", "", ".'’‘ʻ`´ʿʾ‘")
BREAKS = re.compile(r"[\W_]+")
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
LONGEST = 80  # characters: no name of a place is longer
LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place; `country` is ISO-3166 alpha-3, dependencies folded into their state.

    `feature` is GeoNames' feature code; `alias` tells that it was found by another
    name than its own.
    """

    geonameid: int | None
    name: str
    country: str | None
    admin1: str | None
    admin1_code: str | None
    admin2: str | None
    lat: float
    lon: float
    feature: str
    population: int
    tz: str
    alias: bool = field(default=False, compare=False)

    @property
    def precision(self) -> Precision:
        """How small an area the entry stands for.

        >>> Entry(None, "Sahel", None, None, None, None, 15, 5, "RGN", 0, "").precision
        'region'
        """
        if self.feature in GRAINS:
            return GRAINS[self.feature]
        if self.feature.startswith("PPL"):
            return "city"
        return "site" if self.feature in SITES else "region"

    @property
    def is_country(self) -> bool:
        """Whether the entry is a state or a dependency of one."""
        return self.feature.startswith("PCL")

    @property
    def is_area(self) -> bool:
        """Whether the entry is an administrative area or a state."""
        return self.feature[:3] in ("PCL", "ADM")

    @property
    def unit(self) -> str:
        """The administrative unit that an area is or lies in, "" for a whole state."""
        return "" if self.is_country else (self.admin2 or self.admin1 or "")

    def km(self, other: "Entry") -> float:
        """Return the great-circle distance to `other` in kilometres."""
        return km(self.lat, self.lon, other.lat, other.lon)


def km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in kilometres.

    >>> round(km(0, 0, 0, 1))
    111
    """
    p, q = radians(lat), radians(lat2)
    h = sin((q - p) / 2) ** 2 + cos(p) * cos(q) * sin(radians(lon2 - lon) / 2) ** 2
    return EARTH * asin(min(1.0, sqrt(h)))


@lru_cache(maxsize=16384)
def place_key(name: str) -> str:
    """Return `name` without case, accents and punctuation, its first word shortened.

    >>> place_key("Saint-Denis"), place_key("the Great  Hall"), place_key("N'Djamena")
    ('st denis', 'great hall', 'ndjamena')
    """
    if len(name) > LONGEST:
        return ""
    plain = name
    if not name.isascii():  # accents are taken off
        apart = unicodedata.normalize("NFKD", name.casefold().translate(LETTERS))
        plain = "".join(c for c in apart if not unicodedata.combining(c))
    words = BREAKS.sub(" ", plain.translate(MUTE).casefold()).split()
    if len(words) > 1:
        if words[0] == "the":
            words = words[1:]
        words[0] = SHORT.get(words[0], words[0])
    return " ".join(words)


def place_hash(folded: str) -> int:
    """Return the 40 bits under which a folded name is filed."""
    raw = blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=5).digest()
    return int.from_bytes(raw, "big")
