"""Failures that are written for the person who reads them."""


class IngestError(Exception):
    """What was wrong, where (file, path in it, address), and how to mend it: one sentence each."""

    #: Of the process. 1 means that somebody has to mend something before another try can help.
    exit_code = 1

    def __init__(self, what: str, where: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  mend:  {self.mend}"


class PassingTrouble(IngestError):
    """Nothing is wrong with the input: a network, a server or a lock stood in the way; the same command may work later.

    Whoever runs ingest may repeat it unasked: the DAG retries just these.
    """

    #: EX_TEMPFAIL of sysexits.h.
    exit_code = 75
