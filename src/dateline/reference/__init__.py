"""Small tables that several rooms read: countries, outlets, sectors, spelling."""

from dateline.model.fold import cased, key, plain
from dateline.reference.countries import Countries, Country, Form, countries
from dateline.reference.outlets import Outlet, outlet, outlets
from dateline.reference.sectors import NONSTATE, sectors

__all__ = [
    "NONSTATE",
    "Countries",
    "Country",
    "Form",
    "Outlet",
    "cased",
    "countries",
    "key",
    "outlet",
    "outlets",
    "plain",
    "sectors",
]
