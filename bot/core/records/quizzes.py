"""Quizzes, within the limits of Telegram's quiz polls."""

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from bot.core.prose import without_citations
from bot.core.records.base import Model, Record, Text
from bot.core.text import utf16_length

LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 100, 200
"""UTF-16 units that the Bot API's sendPoll takes."""


def _within(text: Text, limit: int, what: str) -> Text:
    for language, said in text.by_language():
        length = utf16_length(without_citations(said))
        if length > limit:
            raise ValueError(f"{what} in {language} has {length} characters; the most is {limit}")
    return text


class Question(Model):
    """`answer` counts the options from 1. The explanation is what teaches: it is never missing."""

    question: Text
    options: Annotated[tuple[Text, ...], Field(min_length=2, max_length=10)]
    answer: Annotated[int, Field(ge=1)]
    explanation: Text

    @field_validator("question")
    @classmethod
    def _question_fits(cls, value: Text) -> Text:
        return _within(value, LONGEST_QUESTION, "the question")

    @field_validator("options")
    @classmethod
    def _options_fit(cls, value: tuple[Text, ...]) -> tuple[Text, ...]:
        return tuple(_within(option, LONGEST_OPTION, "an option") for option in value)

    @field_validator("explanation")
    @classmethod
    def _explanation_fits(cls, value: Text) -> Text:
        return _within(value, LONGEST_EXPLANATION, "the explanation")

    @model_validator(mode="after")
    def _answer_exists(self) -> "Question":
        if self.answer > len(self.options):
            raise ValueError(f"answer is {self.answer}, but there are {len(self.options)} options")
        return self


class Quiz(Record):
    """Questions in the order in which they are asked.

    Where they are `invented`, as prebunking has it, they state no facts and need no sources.
    """

    invented: bool = False

    questions: Annotated[tuple[Question, ...], Field(min_length=3, max_length=10)]
