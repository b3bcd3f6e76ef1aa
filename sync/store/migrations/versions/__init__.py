"""The revisions. Each file's name begins with its number; `make revision M="what it is about"` writes the next."""
