"""Read-only item models over the plain records services return."""
