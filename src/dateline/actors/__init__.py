"""Who somebody is, as of the report's day."""

from dateline.actors.resolve import Resolver

__all__ = ["Resolver"]
