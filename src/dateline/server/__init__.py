"""Pages and an API over a store, read-only; a text can be coded, never stored."""
