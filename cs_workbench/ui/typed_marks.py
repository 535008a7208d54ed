"""What fields and their holders say of themselves to who keeps typed text (see ``typed_text``): names of properties."""

from __future__ import annotations

KEPT_ELSEWHERE = "kept_elsewhere"
"""Of a field, or of what holds it: its words have a draft of their own, or are only looked for."""
DRAFT = "draft"
"""As the value of ``KEPT_ELSEWHERE``: its words have a draft of their own, where the portfolio can be written."""
RECORD = "record"
"""Of what holds fields: which record they belong to."""
