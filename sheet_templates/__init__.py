"""What the workbook looks like, as data, with its words in Spanish and English.

The lowest floor: it imports nothing of ours.
"""
