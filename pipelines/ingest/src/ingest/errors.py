"""The one kind of failure that is written for the person who reads it."""


class IngestError(Exception):
    """What was wrong, where (file, path in it, address), and how to mend it: one sentence each."""

    def __init__(self, what: str, where: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  mend:  {self.mend}"
