"""ZIP archives of documents: their members, one by one, as files to be read."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.encodings import guess_encoding
from ingest.errors import N_, UnreadableFile
from ingest.formats import ZIP, media_type
from ingest.limits import DEFAULT_LIMITS, MEGABYTE, Limits, check_zip
from ingest.names import safe_filename

# What operating systems put beside the documents.
SYSTEM_FILES = (".ds_store", "thumbs.db", "desktop.ini")
SYSTEM_FOLDERS = ("__MACOSX/",)
UTF8_NAMES = 0x800
COPY_BYTES = MEGABYTE


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file of an archive, unpacked for as long as it is the current one.

    Attributes
    ----------
    filename : its name, without folders.
    path : where it lies; gone when the next member is asked for.
    error : why it could not be unpacked; then there is no file at `path`.
    """

    filename: str
    path: Path
    error: UnreadableFile | None = None


def is_archive(path: Path, filename: str, limits: Limits = DEFAULT_LIMITS) -> bool:
    """True for a ZIP of files; false for one that is a document itself, such as a DOCX.

    Raises
    ------
    UnreadableFile : as `media_type`, for a file of no kind that is read.
    """
    return media_type(path, filename, limits) == ZIP


def archive_members(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[ArchiveMember]:
    """Unpack an archive's files one after another; each is gone when the next is asked for.

    An archive inside the archive is not opened: its error says so. Nothing is written outside a
    temporary folder, whatever the members' names are.

    Raises
    ------
    UnreadableFile : damaged, protected, or unpacking to more than the limits allow; before
        anything is unpacked.
    """
    members = [member for member in check_zip(path, limits) if not _is_ignored(member)]
    with TemporaryDirectory(prefix="caselib-") as folder, zipfile.ZipFile(path) as archive:
        for member in members:
            name = safe_filename(_readable_name(member))
            target = Path(folder) / "member"
            error = None
            try:
                _unpack(archive, member, target, limits)
                if media_type(target, name, limits) == ZIP:
                    error = UnreadableFile(
                        N_("{name} is an archive inside an archive; it was not opened."), name=name
                    )
            except UnreadableFile as refused:
                error = refused
            yield ArchiveMember(name, target, error)
            target.unlink(missing_ok=True)


def count_members(path: Path, limits: Limits = DEFAULT_LIMITS) -> int:
    """How many files `archive_members` will give; errors as there."""
    return sum(not _is_ignored(member) for member in check_zip(path, limits))


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    return (
        member.is_dir()
        or name.startswith(SYSTEM_FOLDERS)
        or name.rsplit("/", 1)[-1].lower() in SYSTEM_FILES
        or name.rsplit("/", 1)[-1].startswith("._")
    )


def _readable_name(member: zipfile.ZipInfo) -> str:
    """Name of a member; one that is not marked as UTF-8 is in the encoding of its maker."""
    if member.flag_bits & UTF8_NAMES:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", guess_encoding(raw) if not raw.isascii() else ""):
        try:
            if encoding:
                return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, limits: Limits
) -> None:
    """Write a member out, stopping at the size that its header states."""
    size = 0
    try:
        with archive.open(member) as packed, target.open("wb") as file:
            while content := packed.read(COPY_BYTES):
                size += len(content)
                if size > min(member.file_size, limits.file_bytes):
                    break
                file.write(content)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableFile(N_("This file is damaged inside its archive.")) from error
    if size > limits.file_bytes:
        raise UnreadableFile(
            N_("This file has more than {limit} MB; at most {limit} MB are read."),
            limit=limits.file_bytes // MEGABYTE,
        )
