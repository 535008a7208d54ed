"""The sample portfolio: thirty invented customers, eighteen months of data, stories worth showing."""

from cs_workbench.services.sample.portfolio import Sample, create

__all__ = ["Sample", "create"]
