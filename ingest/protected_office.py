"""Office files protected with a password ([MS-OFFCRYPTO]): the real file inside an OLE one."""

from io import BytesIO
from pathlib import Path

from ingest.document import FileText
from ingest.docx import read_docx
from ingest.errors import N_, UnreadableFile
from ingest.limits import Reading
from ingest.pptx import read_pptx

# Office itself uses this one where a file is only protected against being changed.
DEFAULT_PASSWORD = "VelvetSweatshop"


def read_protected_office(path: Path, reading: Reading) -> FileText:
    """Read a protected PowerPoint or Word file with its password, in memory.

    Raises
    ------
    UnreadableFile : no password or the wrong one, or as `read_pptx` and `read_docx`.
    """
    content = decrypted(path, reading)
    if b"word/document.xml" in content.getvalue():
        return read_docx(content, reading)
    return read_pptx(content, reading)


def decrypted(path: Path, reading: Reading) -> BytesIO:
    """Give the file inside a protected one.

    Raises
    ------
    UnreadableFile : no password, the wrong one, or damaged.
    """
    # Slow to import, and rarely needed.
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    content = BytesIO()
    try:
        with path.open("rb") as file:
            protected = msoffcrypto.OfficeFile(file)
            protected.load_key(password=reading.password or DEFAULT_PASSWORD, verify_password=True)
            protected.decrypt(content)
    except (InvalidKeyError, DecryptionError) as error:
        if reading.password:
            raise UnreadableFile(N_("The password does not open this Office file.")) from error
        raise UnreadableFile(
            N_(
                "This Office file is protected with a password. "
                "Give the password, or a copy without one."
            )
        ) from error
    except (FileFormatError, ParseError, OSError, ValueError, KeyError, IndexError) as error:
        raise UnreadableFile(
            N_("This Office file is damaged or incomplete. Deposit a whole copy of it.")
        ) from error
    content.seek(0)
    return content
