# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A small SFTP server in this process, that serves one folder to one user."""

import os
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import paramiko

USER, PASSWORD = "provider", "secret word"


class _Login(paramiko.ServerInterface):
    def __init__(self, public_key):
        self.public_key = public_key

    def check_auth_password(self, username, password):
        is_right = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if is_right else paramiko.AUTH_FAILED

    def check_auth_publickey(self, username, key):
        is_right = username == USER and key == self.public_key
        return paramiko.AUTH_SUCCESSFUL if is_right else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username):
        return "password,publickey"

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


class _Folder(paramiko.SFTPServerInterface):
    """Read, rename and remove below the folder of the server."""

    def __init__(self, server, *args, place, **kwargs):
        super().__init__(server, *args, **kwargs)
        self.place = place

    def _local(self, path):
        return self.place.folder / self.canonicalize(path).lstrip("/")

    def list_folder(self, path):
        return [
            paramiko.SFTPAttributes.from_stat(entry.lstat(), entry.name)
            for entry in self._local(path).iterdir()
        ]

    def stat(self, path):
        return paramiko.SFTPAttributes.from_stat(self._local(path).stat())

    lstat = stat

    def open(self, path, flags, attr):
        handle = _Handle(flags)
        handle.place = self.place
        handle.readfile = self._local(path).open("rb")
        return handle

    def mkdir(self, path, attr):
        self._local(path).mkdir()
        return paramiko.SFTP_OK

    def posix_rename(self, oldpath, newpath):
        self._local(oldpath).rename(self._local(newpath))
        return paramiko.SFTP_OK

    def remove(self, path):
        self._local(path).unlink()
        return paramiko.SFTP_OK


class _Handle(paramiko.SFTPHandle):
    """Counts what is read and breaks the connection when it is told to."""

    def read(self, offset, length):
        place = self.place
        if place.break_after is not None and offset >= place.break_after:
            place.hang_up()
            return paramiko.SFTP_CONNECTION_LOST
        place.reads.append(offset)
        return super().read(offset, length)


class SftpServer:
    """:ivar folder: what is served; ``reads``: offsets that were asked for.

    :ivar break_after: offset at which the connection is cut, None for never
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.host_key = paramiko.ECDSAKey.generate()
        self.user_key = paramiko.ECDSAKey.generate()
        self.reads = []
        self.break_after = None
        self.transports = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def known_key(self):
        """The host key as known_hosts has it."""
        return f"{self.host_key.get_name()} {self.host_key.get_base64()}"

    def _serve(self):
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(self.host_key)
            transport.set_subsystem_handler(
                "sftp", paramiko.SFTPServer, _Folder, place=self
            )
            self.transports.append(transport)
            try:
                transport.start_server(server=_Login(self.user_key))
            except (paramiko.SSHException, EOFError):
                transport.close()

    def hang_up(self):
        """Cut all connections."""
        for transport in self.transports:
            transport.close()

    def close(self):
        """Stop serving."""
        self.listener.close()
        self.hang_up()


@contextmanager
def sftp_server(folder):
    """Serve a folder while the block lasts; give the ``SftpServer``."""
    os.makedirs(folder, exist_ok=True)
    server = SftpServer(folder)
    try:
        yield server
    finally:
        server.close()
