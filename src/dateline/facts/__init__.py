"""Who is who and since when: entities, names, dated roles, births, dated events."""

from dateline.facts.base import Base, base
from dateline.facts.values import Birth, Dated, Entity, Found, Name, Role

__all__ = ["Base", "Birth", "Dated", "Entity", "Found", "Name", "Role", "base"]
