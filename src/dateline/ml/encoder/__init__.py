"""The networks: the Reader finds the acts of a report; ONNX Runtime is loaded here."""

from dateline.ml.encoder.reader import Reader

__all__ = ["Reader"]
