"""What a file really is, whatever its ending says, and whether it can be unpacked safely."""

import io
import zipfile

from ingest.errors import DocumentError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_UNPACKED_BYTES = 200 * 1024 * 1024
_PASSWORD = "The file is protected by a password: take the password off and save it again."


def check_office_zip(data: bytes, part: str, kind: str) -> None:
    """Raise DocumentError where the bytes are no whole Office file of the kind with that part."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError(_PASSWORD)
        raise DocumentError(f"The file is of the old Office format, not {kind}: save it as {kind}.")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        if data.startswith(b"PK"):
            raise DocumentError(f"The {kind} file is damaged: its end is missing; save it again.")
        raise DocumentError(
            f"The file is no {kind} file ({content_kind(data)}): give it its right ending, or save "
            "it again."
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise DocumentError(_PASSWORD)
        if part not in archive.namelist():
            raise DocumentError(f"The file is no {kind} file (it has no {part}): save it again.")
        if sum(entry.file_size for entry in entries) > _MAX_UNPACKED_BYTES:
            raise DocumentError(
                f"The file unpacks to more than {_MAX_UNPACKED_BYTES >> 20} MiB: it is not read; "
                "save its parts as files of their own."
            )


def content_kind(data: bytes) -> str:
    """Return in words what the first bytes of a file show."""
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, name in (
        (b"%PDF-", "its content is PDF"),
        (_OLE, "its content is an old Office file"),
        (b"PK\x03\x04", "its content is a ZIP archive or a new Office file"),
        (b"{\\rtf", "its content is RTF"),
        (b"<", "its content is HTML or XML"),
    ):
        if start.startswith(mark):
            return name
    return "its content is damaged or of another format"
