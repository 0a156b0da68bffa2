"""From the record to research: panels, audits, releases, sharing."""
