"""`python -m caselib` is `caselib`."""

from caselib.command_line import app

app()
