"""Use cases: one noun a file, one verb a function; the only writers of the store."""
