"""CS Workbench: a desktop workbench for one customer success manager."""

__version__ = "0.1.0"
