"""Tables: codebooks, countries, outlets, the knowledge base, the gazetteer."""
