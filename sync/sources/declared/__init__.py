"""Sources that are written down instead of programmed: a YAML file says what to ask and what to read in the answer.

The guide is docs/writing-sources.md; the files beside this one are the declared sources that come with us.
"""
