"""Proves a copy works: ``run`` tries every service and page once, ``picture`` keeps a picture of every screen."""

from cs_workbench.selftest.trial import Progress, Step, picture, run

__all__ = ["Progress", "Step", "picture", "run"]
