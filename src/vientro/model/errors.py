"""Errors that a user can mend. Anything else that is raised is a bug."""

from __future__ import annotations


class VientroError(Exception):
    """Root of the errors of this project. `str(error)` says what is wrong, where, and what to do."""


class InputError(VientroError):
    """Something given to the program can't be used."""

    def __init__(self, where: str, what: str, mend: str) -> None:
        self.where, self.what, self.mend = where, what, mend
        super().__init__(f"{where}: {what}. {mend}")


class StoreError(VientroError):
    """The database can't be used as it is."""


class UnfinishedError(StoreError):
    """What was read has not been linked yet: a run goes on, or was stopped."""


class DataError(VientroError):
    """A data file of a language pack, or a user's overlay, is not as it should be."""

    def __init__(self, file: str, line: int, what: str) -> None:
        self.file, self.line, self.what = file, line, what
        super().__init__(f"{file}, line {line}: {what}")
