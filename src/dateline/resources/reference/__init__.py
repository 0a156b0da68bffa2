"""Small tables that several rooms read: countries, outlets, sectors, spelling."""

from dateline.model.folding import cased, fold_name, strip_diacritics
from dateline.resources.reference.countries import Countries, Country, Form, countries
from dateline.resources.reference.outlets import Outlet, find_outlet, outlets
from dateline.resources.reference.sectors import NONSTATE, load_sectors

__all__ = [
    "NONSTATE",
    "Countries",
    "Country",
    "Form",
    "Outlet",
    "cased",
    "countries",
    "fold_name",
    "find_outlet",
    "outlets",
    "strip_diacritics",
    "load_sectors",
]
