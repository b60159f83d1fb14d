# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Open what a bank sent: plain, gzip, or a zip of plain files, one level deep."""

from odoo.addons.somconnexio_base.file_reading.archive import (
    ZIP_MAGICS,
    Archive,
    is_zip,
    spooled,
)
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import (
    BLOCK_BYTES,
    GZIP_MAGIC,
    CappedStream,
)

from .limits import MAX_BANK_FILE_BYTES, MAX_MEMBERS

_PACKED_MAGICS = (*ZIP_MAGICS, GZIP_MAGIC)


def opened_files(file, name):
    """Return the plain files that an upload brings.

    :param file: binary file object that can seek
    :param str name: its name; the members of an archive have their own
    :return: ``[(name, binary file at its beginning)]``, at least one
    :raise FileError: ``too_large``, ``zip_…`` or ``gzip_…``; ``empty`` for a file
        without bytes
    """
    if is_zip(file):
        archive = Archive(file, MAX_BANK_FILE_BYTES)
        if len(archive.members) > MAX_MEMBERS:
            raise FileError("zip_too_many", limit=MAX_MEMBERS)
        found = archive.unpack()
    else:
        found = [(name, _plain(file, name))]
    for member_name, member in found:
        _refuse_packed(member_name, member)
    return found


def _plain(file, name):
    """Return the uncompressed bytes of one file, on disk when they are many."""
    stream = CappedStream(file, MAX_BANK_FILE_BYTES)
    return spooled(iter(lambda: stream.read(BLOCK_BYTES), b""))


def _refuse_packed(name, file):
    head = file.read(4)
    file.seek(0)
    if not head:
        raise FileError("empty", name=name)
    if head.startswith(_PACKED_MAGICS):
        raise FileError("zip_nested", name=name)
