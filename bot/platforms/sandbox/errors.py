"""What the sandbox refuses, on either face.

SandboxError
├── ApiError   a Bot API call failed, worded as Telegram words it
└── Refused    a person asked for what cannot be, told in a sentence
"""

from typing import Any


class SandboxError(Exception):
    """Anything that the sandbox refuses to do."""


class ApiError(SandboxError):
    """A Bot API error: its code, its description, and `parameters` such as retry_after (seconds)."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Refused(SandboxError):  # noqa: N818 - raised as the sentence "refused: …"
    """A people API error: a sentence and its 4xx status."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
