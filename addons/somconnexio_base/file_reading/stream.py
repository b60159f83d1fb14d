# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Open what a provider sent: plain or gzip, never more than it should be."""

import gzip
import hashlib
import zlib

from .errors import FileError
from .limits import GZIP_RATIO_GRACE_BYTES, MAX_FILE_BYTES, MAX_GZIP_RATIO

GZIP_MAGIC = b"\x1f\x8b"
BLOCK_BYTES = 64 * 1024
# Half the time of the usual 6, for files that are a twentieth bigger.
GZIP_LEVEL = 4


class CappedStream:
    """The uncompressed bytes of a file, with limits.

    :param file: binary file object that can seek, plain or gzip
    :raise FileError: while reading: ``too_large``, ``gzip_ratio``,
        ``gzip_truncated`` or ``gzip_corrupt``
    """

    def __init__(self, file, max_bytes=MAX_FILE_BYTES):
        self._file = file
        self._max_bytes = max_bytes
        self.is_gzip = file.read(2) == GZIP_MAGIC
        file.seek(0)
        self._bytes = gzip.GzipFile(fileobj=file) if self.is_gzip else file
        self.size = 0

    def read(self, count=BLOCK_BYTES):
        """Return up to ``count`` bytes; empty at the end."""
        try:
            block = self._bytes.read(count)
        except EOFError:
            raise FileError("gzip_truncated", size=self.size) from None
        except (OSError, zlib.error) as error:
            raise FileError("gzip_corrupt", problem=str(error)) from error
        self.size += len(block)
        if self.size > self._max_bytes:
            raise FileError("too_large", limit=self._max_bytes)
        if self.is_gzip and self.size > GZIP_RATIO_GRACE_BYTES:
            self._check_ratio()
        return block

    def _check_ratio(self):
        compressed = self._file.tell()
        if self.size > MAX_GZIP_RATIO * compressed:
            raise FileError("gzip_ratio", limit=MAX_GZIP_RATIO)


def fingerprint(file):
    """Return the SHA-256 (hex) and the size of a file's uncompressed bytes.

    >>> from io import BytesIO
    >>> fingerprint(BytesIO(gzip.compress(b"abc")))[1]
    3

    :raise FileError: as ``CappedStream``
    """
    stream = CappedStream(file)
    digest = hashlib.sha256()
    while block := stream.read():
        digest.update(block)
    return digest.hexdigest(), stream.size


def compress(file, target):
    """Write the gzip of ``file`` into ``target``; a gzip is copied as it is.

    The same bytes in always give the same bytes out: no name, no time.
    """
    is_gzip = file.read(2) == GZIP_MAGIC
    file.seek(0)
    if is_gzip:
        _copy(file, target)
        return
    with gzip.GzipFile("", "wb", GZIP_LEVEL, target, mtime=0) as packed:
        _copy(file, packed)


def _copy(source, target):
    while block := source.read(BLOCK_BYTES):
        target.write(block)
