"""Which contracts run at an as-of date, in SQL. Only a string: this module is on the command line's fast path."""

RUNNING = """(c.start_on is null or c.start_on <= :t) and (
    c.end_on >= :t
    or (c.end_on is null and c.status in ('active', 'trial'))
    or (c.end_on < :t and c.auto_renew = 1 and c.status = 'active'))"""
"""Whether contract ``c`` runs at ``:t``: inside its term, open-ended and alive, or renewing by itself. The same
rule as ``domain.renewal.runs_at``, which a test holds it to."""
