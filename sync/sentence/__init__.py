"""SMART goal sentences <-> fields, in Spanish and English. Pure: no clock, no file, no network."""

from sync.sentence.lines import parse_lines
from sync.sentence.model import Alternative, ParsedSentence, Smart
from sync.sentence.parse import parse_sentence
from sync.sentence.render import write_sentence

__all__ = ["Alternative", "ParsedSentence", "Smart", "parse_lines", "parse_sentence", "write_sentence"]
