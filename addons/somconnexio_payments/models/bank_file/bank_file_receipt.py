# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import hashlib
import logging
from io import BytesIO

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from ...bank_files.limits import MAX_BANK_FILE_BYTES
from ...bank_files.opening import opened_files
from ...bank_files.reading import read_file
from .messages import fault_text

_logger = logging.getLogger(__name__)
#: Of more entries a file is booked by a background job.
BOOKED_AT_ONCE = 2_000
MAX_NAME = 200


class TelecomBankFile(models.Model):
    """How a file comes in: kept, checked whole, and booked or refused."""

    _inherit = "telecom.bank.file"

    @api.model
    @api.private
    def receive(self, content, name):
        """Keep a bank's file, or those of an archive, and check them.

        Nothing is booked. What cannot be used is kept too, refused with its reason, so
        that people see what came.

        :param bytes content: as the bank sent it
        :param str name: its name
        :return: the files, new or those that have the same content already
        """
        self.check_access("create")
        name = self._checked_name(name)
        if not content:
            raise UserError(
                self.env._(
                    "%(name)s is empty: download it from the bank again.", name=name
                )
            )
        if len(content) > MAX_BANK_FILE_BYTES:
            raise UserError(
                fault_text(self.env, FileError("too_large", limit=MAX_BANK_FILE_BYTES))
            )
        try:
            members = opened_files(BytesIO(content), name)
        except FileError as error:
            return self._keep(content, name, error)
        files = self.browse()
        for member_name, member in members:
            files |= self._keep(member.read(), member_name)
        return files

    def _checked_name(self, name):
        """Return a file's name as people may read it: printable and short.

        :raise UserError: for what is no name
        """
        text = name if isinstance(name, str) else ""
        text = "".join(char for char in text if char.isprintable())[-MAX_NAME:]
        if not text.strip():
            raise UserError(
                self.env._("Give the file a name, a text such as october.xml.")
            )
        return text

    def _keep(self, content, name, error=None):
        """Keep one plain file and check it.

        :param error: a ``FileError``, when it could not even be opened
        """
        sha256 = hashlib.sha256(content).hexdigest()
        known = self.search(
            [
                ("company_id", "=", self.env.company.id),
                ("content_sha256", "=", sha256),
            ]
        )
        if known:
            known._message_log(
                body=self.env._("Received again as %(name)s: nothing to do.", name=name)
            )
            return known
        file = self._passing().create(
            {
                "name": name,
                "company_id": self.env.company.id,
                "content": base64.b64encode(content),
                "content_sha256": sha256,
                "size_bytes": len(content),
                "received_at": fields.Datetime.now(),
            }
        )
        if error:
            file._refuse(error)
        else:
            file._check(BytesIO(content))
        return file.with_env(self.env)

    def _check(self, content):
        """Read a file whole: it is checked, with its facts kept, or refused.

        :param content: binary file
        """
        self.ensure_one()
        try:
            kind, items = read_file(content)
            self._passing().write({"kind": kind.code})
            with self.env.cr.savepoint():
                self._load(kind, items)
        except FileError as error:
            self.env.invalidate_all()
            self._refuse(error)
            return
        self._passing().write({"state": "checked"})

    def _refuse(self, error):
        """Say why a file is not used; nothing of it is in the books."""
        self._passing().write(
            {
                "state": "refused",
                "error_code": error.code,
                "error_message": fault_text(self.env, error),
            }
        )
        _logger.warning(
            "Bank file %s of company %s refused: %s",
            self.id,
            self.company_id.id,
            error.code,
        )

    @api.model
    def upload(self, name, content):
        """Hand in a bank's file; for other programs.

        :param str name: its name
        :param str content: its bytes as base64
        :return: list of dictionaries: ``id``, ``name``, ``kind``, ``state``,
            ``entries``, ``exceptions``, ``error_code``, ``error``
        :raise UserError: for what is no base64, and for an empty file
        """
        name = self._checked_name(name)
        try:
            data = base64.b64decode(content, validate=True)
        except (ValueError, TypeError) as error:
            raise UserError(
                self.env._("%(name)s: the content is not base64.", name=name)
            ) from error
        files = self.receive(data, name)
        files._book_checked()
        return [file._as_answer() for file in files]

    def _as_answer(self):
        """Return what another program is told of a file."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind or "",
            "state": self.state,
            "entries": self.entry_count,
            "exceptions": self.exception_count,
            "error_code": self.error_code or "",
            "error": self.error_message or "",
        }

    def _book_checked(self):
        """Book checked files in the order of their days; long ones by a job."""
        checked = self.filtered(lambda file: file.state == "checked")
        for file in checked.sorted(lambda file: (file._first_day(), file.id)):
            if file.entry_count > BOOKED_AT_ONCE:
                file.with_delay(
                    identity_key=f"telecom.bank.file:{file.id}:book",
                    description=self.env._("Book %s", file.name),
                )._job_book()
            else:
                file.book()

    def _first_day(self):
        days = [facts["from"] for facts in self.statement_facts or []]
        return min(days, default="")
