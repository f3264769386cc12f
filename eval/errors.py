"""Errors of eval."""


class EvalError(Exception):
    """A broken case file, benchmark or run: the caller shows the message and stops."""
