"""Answers of `can-cancel` where nothing is in doubt."""

from subsim.answers.can_cancel import Answer
from subsim.answers.in_doubt.answer import AnswerInDoubt


def undoubted(answer: Answer | AnswerInDoubt) -> Answer:
    """The answer, which is that of one world."""
    assert isinstance(answer, Answer)
    return answer
