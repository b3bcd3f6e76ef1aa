"""Reaching a workbook."""
