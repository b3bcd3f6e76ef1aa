"""What a platform says instead of an answer -> what went wrong, as the declaration reads it. Pure."""

from typing import Any

from sync.errors import BlockedError, SourceError
from sync.model import Fact
from sync.sources.api import Complaint
from sync.sources.declared.expressions import pick
from sync.sources.declared.form import Declaration, ErrorRule
from sync.sources.names import shown
from sync.sources.web.call import Answer


def complaint_of(declaration: Declaration, what: str) -> Complaint:
    """The errors of an answer about `what`: a page, a site, an account. The first rule that fits counts."""
    manifest = declaration.manifest
    version = manifest.version.asked if manifest.version else "–"

    def complain(answer: Answer, page: Any) -> SourceError | None:
        facts: dict[str, Fact] = {"place": manifest.name, "what": shown(what), "status": float(answer.status)}
        for rule in declaration.errors:
            if _fits(rule, answer, page):
                error = BlockedError if rule.blocked else SourceError
                return error(rule.say, permanent=rule.permanent, facts={**facts, "version": version})
        return SourceError("thing_not_found", permanent=True, facts=facts) if answer.status == 404 else None

    return complain


def _fits(rule: ErrorRule, answer: Answer, page: Any) -> bool:
    """A server that failed has judged nothing, whatever it says: its errors are meant only by their status."""
    if answer.status not in rule.status and (rule.status or answer.status >= 500):
        return False
    if rule.text and not any(words.encode() in answer.body for words in rule.text):
        return False
    said = pick(rule.at, page) if rule.at else answer.status
    return said is not None and said not in rule.unless and (not rule.among or said in rule.among)
