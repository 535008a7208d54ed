"""Everything that can be seen: the one floor that knows the window toolkit. Screens ask services only."""
