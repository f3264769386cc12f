"""Errors of ingest: each message says what happened, with the value, and what to do."""


class IngestError(Exception):
    """Broken settings, library or model: the caller stops and shows the message."""


class ModelError(IngestError):
    """The embedding model cannot be loaded: the caller stops and shows the message."""


class LibraryError(IngestError):
    """The library is missing, of another make or locked: the caller stops and shows the message."""


class DocumentError(IngestError):
    """One file cannot be read: the caller reports it and goes on with the other files."""
