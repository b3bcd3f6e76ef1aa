"""The embedded spreadsheet server: a wing of its own that imports nothing else of Semáforo."""
