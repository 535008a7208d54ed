"""The ROI workbook: a value ledger as XLSX with live formulas."""
