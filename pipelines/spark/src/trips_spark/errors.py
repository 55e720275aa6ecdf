"""Failures that are written for the person who reads them."""


class JobError(Exception):
    """What was wrong, where (file, argument), and how to mend it: one sentence each."""

    #: Of the process. 1 means that somebody has to mend something before another try can help.
    exit_code = 1

    def __init__(self, what: str, where: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  mend:  {self.mend}"


class CorruptFile(JobError):
    """A file of the lake that can't be read to its end."""


class PassingTrouble(JobError):
    """Nothing is wrong with the input: something else was at work; the same command may do later."""

    #: EX_TEMPFAIL of sysexits.h.
    exit_code = 75
