"""Writers: one format each; they never know each other."""
