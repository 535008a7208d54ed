"""Documents: facts, strict templates, blocks, writers."""
