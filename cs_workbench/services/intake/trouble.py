"""What is told about a row that cannot be read."""

from __future__ import annotations

from cs_workbench.intake.problems import sentence
from cs_workbench.intake.rows import Problem


def told(problem: Problem) -> str:
    """The reason as a person reads it, with the column and the value."""
    return sentence(problem)
