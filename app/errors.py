"""Errors of the app: one sentence that says what happened, with the value, and what to do."""


class AppError(Exception):
    """Broken settings or a wrong request: the caller shows the message and stops."""


class QuestionError(AppError):
    """The question is empty or too long: the caller shows the message, nothing is searched."""


class ChatModelError(AppError):
    """The language model gave nothing of use: the caller quotes instead."""


class SlowChatModelError(ChatModelError):
    """The language model did not answer in time: the caller quotes instead."""
