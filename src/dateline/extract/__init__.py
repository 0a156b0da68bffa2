"""One package for each question asked of a report: who did what to whom, when, where."""
