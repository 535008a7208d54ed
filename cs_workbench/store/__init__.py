"""The portfolio file: schema, journal, backups, reads. The only floor that knows SQL."""
