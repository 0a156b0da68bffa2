"""Where: names of places recognised and resolved, and the place of every act."""

from dateline.extract.place.cross_sentence import placed_elsewhere
from dateline.extract.place.where import EventPlaces

__all__ = ["EventPlaces", "placed_elsewhere"]
