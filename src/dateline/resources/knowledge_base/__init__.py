"""Who is who and since when: entities, names, dated roles, births, dated events."""

from dateline.resources.knowledge_base.base import Base, base
from dateline.resources.knowledge_base.values import Birth, Dated, Entity, Found, Name, Role

__all__ = ["Base", "Birth", "Dated", "Entity", "Found", "Name", "Role", "base"]
