"""The engine: one sync of one workbook."""
