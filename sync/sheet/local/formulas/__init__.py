"""Formulas: reading, rewriting and computing them. `engine` is the seam that the rest of the server uses."""
