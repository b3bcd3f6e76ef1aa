"""The words of goals, Spanish and English side by side, as plain data.

All entries are folded (small letters, no accents), as `text.fold` leaves the sentence. Nothing here decides anything.
"""
