"""The sample portfolio: thirty invented customers, eighteen months of data, stories worth showing."""

from cs_workbench.services.sample.history import score, score_steps, scored_days
from cs_workbench.services.sample.portfolio import MARK, Sample, create, steps

__all__ = ["MARK", "Sample", "create", "score", "score_steps", "scored_days", "steps"]
