# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import hashlib
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.file_reading.archive import unpacked
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import compress, fingerprint

from .messages import file_error_text


class TelecomUsageFile(models.Model):
    """How a file comes in, and how its bytes are read again."""

    _inherit = "telecom.usage.file"

    @api.model
    @api.private
    def receive(self, source, name, format=None):
        """Keep a provider's file, or those of an archive; nothing is loaded yet.

        A file that cannot even be unpacked is kept too, in quarantine.

        :param source: its bytes, a binary file that can seek, or the path of one that
            the server can read
        :param str name: its name, by which the format is found; the files of an
            archive have their own
        :param format: a ``telecom.usage.format``, when the name does not tell
        :return: the new file, or the one that has the same content already: its
            ``name`` and ``received_at`` tell which. Of an archive, all its files
        :raise UserError: when no format fits a name
        """
        self.check_access("write")
        files = self.browse()
        with opened(source) as content:
            try:
                members = unpacked(content, name)
            except FileError as error:
                return self._receive_content(content, name, format, error)
            for member_name, member in members:
                files |= self._receive_content(member, member_name, format)
        return files

    def _receive_content(self, content, name, format, error=None):
        """Keep one file that is no archive, or that is one and cannot be unpacked.

        :param error: a ``FileError``, the reason of its quarantine
        """
        sha256, size, fault = measured(content)
        error = error or fault
        known = self._find_content(sha256)
        if known:
            known._note_received_again(name)
            return known
        packed = BytesIO()
        compress(content, packed)
        company = self.env.company
        format = format or self._format_of(name, error)
        # Nobody makes a file by hand: its fields must be true to its content.
        file = self.sudo().create(
            {
                "name": name,
                "company_id": company.id,
                "format_id": format.id,
                "content": base64.b64encode(packed.getbuffer()),
                "content_sha256": sha256,
                "size_bytes": size,
                "received_at": fields.Datetime.now(),
            }
        )
        if error:
            file._quarantine(error)
        return file.sudo(self.env.su)

    def _format_of(self, name, error):
        """Return the format that a name tells; of what is broken, say that first."""
        try:
            return self.env["telecom.usage.format"]._identify(name, self.env.company)
        except UserError:
            if error is None:
                raise
            raise UserError(file_error_text(self.env, error)) from error

    @api.model
    def _find_content(self, sha256):
        return self.search(
            [("company_id", "=", self.env.company.id), ("content_sha256", "=", sha256)]
        )

    def _note_received_again(self, name):
        """Leave a note that the same content came again, perhaps renamed."""
        self.message_post(
            body=self.env._(
                "Received again as %(name)s: already imported, nothing to do.",
                name=name,
            )
        )

    @contextmanager
    def _open_content(self):
        """Give the kept bytes as a binary file object.

        :raise AccessError: to who may not read this file's content
        """
        self.ensure_one()
        self.check_access("read")
        self._check_field_access(self._fields["content"], "read")
        # As a Binary field does itself: who may read the field may read its bytes.
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "content"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )
        if attachment.store_fname:
            source = Path(attachment._full_path(attachment.store_fname))
        else:
            source = attachment.raw
        with opened(source) as content:
            yield content


@contextmanager
def opened(source):
    """Open bytes or a path as a binary file object; give an open one as it is."""
    if isinstance(source, bytes):
        yield BytesIO(source)
        return
    if hasattr(source, "read"):
        source.seek(0)
        yield source
        return
    with open(source, "rb") as content:
        yield content


def measured(content):
    """Return SHA-256 and size of the uncompressed bytes, and None.

    Of bytes that cannot be unpacked, return their own, and the ``FileError``.
    """
    error = None
    try:
        sha256, size = fingerprint(content)
    except FileError as fault:
        error = fault
        content.seek(0)
        data = content.read()
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
    content.seek(0)
    return sha256, size, error
