"""A form and its answers as https://developers.google.com/workspace/forms/api/reference/rest shows them; ours."""

from sync.sources.web.call import Answer, Call
from tests.platforms import ok


def form(*titles):
    """A form of these questions."""
    items = [
        {"itemId": f"i{n}", "title": title, "questionItem": {"question": {"questionId": f"q{n}"}}}
        for n, title in enumerate(titles)
    ]
    return {"formId": "1FAIpQLSd0example", "info": {"title": "x"}, "items": items, "revisionId": "1"}


def response(n, time, *answers):
    """One person's answers, in the order of the questions."""
    told = {
        f"q{at}": {"questionId": f"q{at}", "textAnswers": {"answers": [{"value": str(answer)}]}}
        for at, answer in enumerate(answers)
        if answer is not None
    }
    return {"responseId": f"r{n}", "createTime": time, "lastSubmittedTime": time, "answers": told}


def answering(titles, responses):
    """A platform with one form."""

    def answer(call: Call) -> Answer:
        return ok({"responses": responses} if call.url.endswith("/responses") else form(*titles))

    return answer
