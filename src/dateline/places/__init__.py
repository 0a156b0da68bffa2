"""Where: names of places recognised and resolved, and the place of every act."""

from dateline.places.elsewhere import placed_elsewhere
from dateline.places.where import EventPlaces

__all__ = ["EventPlaces", "placed_elsewhere"]
