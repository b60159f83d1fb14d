# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Zip archives that people or providers made, and hostile ones.

Nothing is ever written under a name that an archive chose, sizes are counted while
unpacking instead of believed, and archives inside archives are refused.
"""

import zipfile
import zlib
from tempfile import SpooledTemporaryFile

from .errors import FileError
from .limits import (
    GZIP_RATIO_GRACE_BYTES,
    MAX_ARCHIVE_MEMBERS,
    MAX_FILE_BYTES,
    MAX_GZIP_RATIO,
    MAX_MEMBER_NAME,
    SPOOLED_BYTES,
)

ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
_NESTED_MAGICS = (*ZIP_MAGICS, b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")
_OFFICE_PART = "[Content_Types].xml"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_BLOCK_BYTES = 64 * 1024
# PKWARE's APPNOTE 6.3.10: 4.3.16 (end of the directory), 4.3.12 (one entry, with as
# long a name as is accepted and generous extra fields).
_END_BYTES = 22
_MAX_ENTRY_BYTES = 46 + MAX_MEMBER_NAME + 512
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_PROBLEMS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError)


class Archive:
    """A zip archive, checked before anything of it is unpacked.

    :param file: binary file object that can seek
    :raise FileError: ``zip_corrupt``, ``zip_too_many``, ``zip_member_name``,
        ``zip_member_twice``, ``zip_encrypted`` or ``zip_method``
    """

    def __init__(self, file, max_bytes=MAX_FILE_BYTES):
        self.packed_bytes = file.seek(0, 2)
        _check_directory(file, self.packed_bytes)
        file.seek(0)
        try:
            self._zip = zipfile.ZipFile(file)
        except (*_PROBLEMS, ValueError) as error:
            raise FileError("zip_corrupt", problem=str(error)) from error
        self.members = [info for info in self._zip.infolist() if not info.is_dir()]
        self.unpacked_bytes = 0
        self.max_bytes = max_bytes
        self._check()

    @property
    def names(self):
        """The names of the members, without folders."""
        return [info.filename for info in self.members]

    @property
    def is_office(self):
        """Whether this is a document such as XLSX, which is a zip by accident."""
        return _OFFICE_PART in self.names

    def _check(self):
        if len(self.members) > MAX_ARCHIVE_MEMBERS:
            raise FileError("zip_too_many", limit=MAX_ARCHIVE_MEMBERS)
        seen = set()
        for info in self.members:
            self._check_member(info)
            if info.filename in seen:
                raise FileError("zip_member_twice", name=info.filename)
            seen.add(info.filename)

    @staticmethod
    def _check_member(info):
        name = info.orig_filename
        if not is_plain_name(name):
            raise FileError("zip_member_name", name=ascii(name)[:MAX_MEMBER_NAME])
        if info.flag_bits & _ENCRYPTED:
            raise FileError("zip_encrypted", name=name)
        if info.compress_type not in _METHODS:
            raise FileError("zip_method", name=name)

    def blocks(self, name):
        """Iterate over the unpacked bytes of one member.

        :raise FileError: ``zip_member_missing``, ``zip_corrupt``, ``zip_ratio`` or
            ``too_large``
        """
        try:
            with self._zip.open(name) as member:
                while block := member.read(_BLOCK_BYTES):
                    self._count(block)
                    yield block
        except KeyError:
            raise FileError("zip_member_missing", name=name) from None
        except (*_PROBLEMS, RuntimeError) as error:
            raise FileError("zip_corrupt", problem=str(error)) from error

    def _count(self, block):
        self.unpacked_bytes += len(block)
        if self.unpacked_bytes > self.max_bytes:
            raise FileError("too_large", limit=self.max_bytes)
        allowed = max(GZIP_RATIO_GRACE_BYTES, MAX_GZIP_RATIO * self.packed_bytes)
        if self.unpacked_bytes > allowed:
            raise FileError("zip_ratio", limit=MAX_GZIP_RATIO)

    def unpack(self):
        """Return the usage files inside: ``[(name without folder, binary file)]``.

        Large ones lie on disk, in files without a name.

        :raise FileError: ``zip_empty`` or ``zip_nested``, or as ``blocks``
        """
        wanted = [name for name in self.names if not _is_clutter(name)]
        if not wanted:
            raise FileError("zip_empty")
        return [(name.rpartition("/")[2], self._spooled(name)) for name in wanted]

    def _spooled(self, name):
        target = spooled(self.blocks(name))
        head = target.read(6)
        target.seek(0)
        if head.startswith(_NESTED_MAGICS) and not is_office_document(target):
            raise FileError("zip_nested", name=name)
        return target


def _check_directory(file, size):
    """Refuse a directory of millions of members before anything reads it whole."""
    file.seek(max(0, size - _END_BYTES - 0xFFFF))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + _END_BYTES:
        raise FileError("zip_corrupt", problem="no directory")
    directory_bytes = int.from_bytes(tail[end + 12 : end + 16], "little")
    if directory_bytes > MAX_ARCHIVE_MEMBERS * _MAX_ENTRY_BYTES:
        raise FileError("zip_too_many", limit=MAX_ARCHIVE_MEMBERS)


class _Spooled(SpooledTemporaryFile):
    def seekable(self):
        """Say so: Python 3.10 forgot it, and zipfile asks."""
        return True


def spooled(blocks):
    """Return a binary file of these blocks: in memory if small, else on disk."""
    target = _Spooled(max_size=SPOOLED_BYTES)
    for block in blocks:
        target.write(block)
    target.seek(0)
    return target


def unpacked(file, name):
    """Return the usage files that a file brings: those of an archive, or itself.

    :param file: binary file object that can seek
    :param str name: its name
    :return: ``[(name, binary file)]``, each at its beginning
    :raise FileError: as ``Archive`` and its ``unpack``
    """
    if not is_zip(file) or is_office_document(file):
        return [(name, file)]
    return Archive(file).unpack()


def is_plain_name(name):
    r"""Return whether a member's path stays inside its archive.

    >>> is_plain_name("day/calls.csv"), is_plain_name("../calls.csv")
    (True, False)
    >>> is_plain_name("C:\\calls.csv"), is_plain_name("/etc/passwd")
    (False, False)
    """
    parts = name.split("/")
    return (
        name.isprintable()
        and 0 < len(name) <= MAX_MEMBER_NAME
        and not {"", ".", ".."}.intersection(parts)
        and not any(sign in name for sign in "\\:")
    )


def is_zip(file):
    """Return whether a file begins as a zip archive; it is then at its beginning."""
    head = file.read(4)
    file.seek(0)
    return head in ZIP_MAGICS


def is_office_document(file):
    """Return whether a file is a zip of office parts, such as XLSX.

    :raise FileError: as ``Archive``
    """
    if not is_zip(file):
        return False
    try:
        return Archive(file).is_office
    finally:
        file.seek(0)


def _is_clutter(name):
    return name.startswith(_CLUTTER) or name.endswith(_CLUTTER)
