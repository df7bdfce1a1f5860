"""What is wrong with content, where, and how to mend it."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
Field = tuple[str | int, ...]
"""The way to a value inside a file: ("tolls", 0, "low")."""


class Fault(NamedTuple):
    """One fault of one file. Lines and columns count from 1; `field` is a dotted path."""

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    field: str
    message: str
    cure: str

    def __str__(self) -> str:
        what = f"{self.field}: {self.message}" if self.field else self.message
        return f"{self.file}:{self.line}:{self.column}: {self.rule}: {what}; {self.cure}"


class Flaw(NamedTuple):
    """A fault before anybody looked where in the file it is."""

    field: Field
    rule: str
    message: str
    cure: str
    severity: Severity = "error"
