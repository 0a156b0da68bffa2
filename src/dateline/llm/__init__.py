"""A second opinion: the one decision of a report, put to a language model."""
