# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A directory of an SFTP server that providers' files are put into."""

import io
import posixpath
import stat
from base64 import b64decode
from binascii import Error as Base64Error
from contextlib import suppress
from pathlib import Path

import paramiko

from .errors import BoxError, FetchError
from .folder import DONE_FOLDER
from .remote_file import RemoteFile

TIMEOUT_SECONDS = 20
CHUNK_BYTES = 1 << 18
KEY_CLASSES = (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey)


class SftpBox:
    """An open connection to the directory.

    The server must show the host key that is pinned: whoever else answers under its
    address gets neither password nor request.

    :param str host: name or address, ``port`` beside it
    :param str host_key: as in known_hosts, ``ssh-ed25519 AAAA…``
    :param str user: login, with ``password`` or ``private_key`` (PEM text)
    :param str directory: path on the server
    :param str after: what becomes of a file that is taken in: ``leave``, ``move`` (to
        the directory ``done`` beside it) or ``delete``
    :raise BoxError: when no connection comes about
    """

    def __init__(self, host, port, host_key, user, directory, **options):
        self.directory = directory or "."
        self.after = options.pop("after", "leave")
        self.client = paramiko.SSHClient()
        self.client.set_missing_host_key_policy(paramiko.RejectPolicy())
        key = parse_host_key(host_key)
        self.client.get_host_keys().add(_known_name(host, port), key.get_name(), key)
        try:
            self._connect(host, port, user, **options)
            self.sftp = self.client.open_sftp()
            self.sftp.get_channel().settimeout(TIMEOUT_SECONDS)
        except paramiko.BadHostKeyException as error:
            self.client.close()
            raise BoxError("host_key_differs", host=host) from error
        except paramiko.AuthenticationException as error:
            self.client.close()
            raise BoxError("login_refused", host=host, user=user) from error
        except (paramiko.SSHException, OSError, EOFError) as error:
            self.client.close()
            raise BoxError("no_connection", host=host, problem=f"{error}") from error

    def _connect(self, host, port, user, password=None, private_key=None):
        self.client.connect(
            host,
            port,
            user,
            password=None if private_key else password,
            pkey=parse_private_key(private_key) if private_key else None,
            look_for_keys=False,
            allow_agent=False,
            timeout=TIMEOUT_SECONDS,
            banner_timeout=TIMEOUT_SECONDS,
            auth_timeout=TIMEOUT_SECONDS,
        )

    def listing(self):
        """Return the files of the directory by name.

        :raise BoxError: ``directory_missing``
        """
        try:
            entries = self.sftp.listdir_attr(self.directory)
        except (OSError, paramiko.SSHException, EOFError) as error:
            raise BoxError("directory_missing", folder=self.directory) from error
        files = [
            RemoteFile(entry.filename, entry.st_size, int(entry.st_mtime or 0))
            for entry in entries
            if stat.S_ISREG(entry.st_mode or 0) and "/" not in entry.filename
        ]
        return sorted(files, key=lambda file: file.name)

    def fetch(self, file, target):
        """Copy a file to a path; what is there of it already is not fetched again.

        :raise FetchError: ``unreadable`` when the connection breaks, ``changed`` when
            somebody writes the file meanwhile
        """
        path = self._path(file)
        try:
            with self.sftp.open(path, "rb") as content, open(target, "ab") as copy:
                content.seek(copy.tell())
                while chunk := content.read(CHUNK_BYTES):
                    copy.write(chunk)
            status = self.sftp.stat(path)
        except (OSError, paramiko.SSHException, EOFError) as error:
            raise FetchError("unreadable", problem=f"{error}") from error
        now = RemoteFile(file.name, status.st_size, int(status.st_mtime or 0))
        if now != file or Path(target).stat().st_size != file.size_bytes:
            raise FetchError("changed")

    def put_aside(self, file):
        """Do what was agreed with a file that is taken in."""
        if self.after == "delete":
            self.sftp.remove(self._path(file))
        elif self.after == "move":
            done = posixpath.join(self.directory, DONE_FOLDER)
            with suppress(OSError):
                self.sftp.mkdir(done)
            name = f"{file.name}.{file.modified_seconds}"
            self.sftp.posix_rename(self._path(file), posixpath.join(done, name))

    def close(self):
        """End the connection."""
        self.client.close()

    def _path(self, file):
        return posixpath.join(self.directory, file.name)


def parse_host_key(text):
    """Return the key of a line of known_hosts, with or without host name.

    :raise BoxError: ``bad_host_key``
    """
    words = (text or "").split()
    for kind, data in zip(words, words[1:], strict=False):
        with suppress(paramiko.SSHException, Base64Error, ValueError):
            return paramiko.PKey.from_type_string(kind, b64decode(data, validate=True))
    raise BoxError("bad_host_key")


def parse_private_key(text):
    """Return the private key of a PEM text without passphrase.

    :raise BoxError: ``bad_private_key``
    """
    for key_class in KEY_CLASSES:
        with suppress(paramiko.SSHException, ValueError):
            return key_class.from_private_key(io.StringIO(text))
    raise BoxError("bad_private_key")


def _known_name(host, port):
    return host if port == paramiko.config.SSH_PORT else f"[{host}]:{port}"
