# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A folder of this machine that providers' files are put into."""

import os
import shutil
import stat
from pathlib import Path

from .errors import BoxError, FetchError
from .remote_file import RemoteFile

DONE_FOLDER = "done"


class FolderBox:
    """A folder below the one that the administrator has opened for this.

    :param root: path of that folder
    :param str folder: path below it
    :raise BoxError: ``folder_outside`` or ``folder_missing``
    """

    def __init__(self, root, folder):
        root = Path(root).resolve()
        self.path = (root / folder).resolve()
        if not self.path.is_relative_to(root):
            raise BoxError("folder_outside", folder=folder)
        if not self.path.is_dir():
            raise BoxError("folder_missing", folder=folder)

    def listing(self):
        """Return the files of the folder by name; links and folders are none."""
        files = []
        with os.scandir(self.path) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    files.append(_described(entry.name, entry.stat()))
        return sorted(files, key=lambda file: file.name)

    def fetch(self, file, target):
        """Copy a file to a path.

        :raise FetchError: ``changed``, when somebody writes it meanwhile
        """
        try:
            source = os.open(self.path / file.name, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError as error:
            raise FetchError("unreadable", problem=error.strerror) from error
        with open(source, "rb") as content, open(target, "wb") as copy:
            shutil.copyfileobj(content, copy, 1 << 20)
            status = os.fstat(content.fileno())
        if not stat.S_ISREG(status.st_mode) or _described(file.name, status) != file:
            raise FetchError("changed")

    def put_aside(self, file):
        """Move a file that is taken in to the folder ``done`` in one step.

        :raise FetchError: ``unreadable``, when ``done`` leads elsewhere
        """
        done = self.path / DONE_FOLDER
        if done.is_symlink():
            raise FetchError("unreadable", problem=f"{DONE_FOLDER}: link")
        done.mkdir(exist_ok=True)
        target = done / file.name
        if target.exists():
            target = done / f"{file.name}.{file.modified_seconds}"
        os.rename(self.path / file.name, target)

    def close(self):
        """Do nothing: a folder needs no goodbye."""


def _described(name, status):
    return RemoteFile(name, status.st_size, int(status.st_mtime))
