"""What an import needs of SQLite: the private staging database, look-ups of what is there, bulk writes."""
