# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from ... import sql_steps
from ..mediation.messages import file_error_text


class TelecomUsageFile(models.Model):
    """A file whose text is gone, for its retention is over; its counters stay."""

    _inherit = "telecom.usage.file"

    content_removed_at = fields.Datetime(
        string="Content removed",
        readonly=True,
        copy=False,
        help="When its retention was over. Name, fingerprint and counters stay.",
    )

    def _remove_content(self):
        """Forget the bytes of these files and the text of their rejected rows."""
        self.flush_model()
        sql_steps.run(self.env, "96_clear_rejected_text", file_ids=self.ids)
        self.env["telecom.usage.rejection"].invalidate_model()
        self.write({"content": False, "content_removed_at": fields.Datetime.now()})

    def _check_workable(self):
        """Override: what has no content can't be loaded, backed out or read again.

        :raise UserError: naming the file
        """
        for file in self.filtered("content_removed_at"):
            raise UserError(
                self.env._(
                    "%(name)s can't be read any more. %(reason)s",
                    name=file.display_name,
                    reason=file_error_text(self.env, file._removed()),
                )
            )
        return super()._check_workable()

    @contextmanager
    def _open_content(self):
        """Override to say why there is nothing to open.

        :raise FileError: when the content was removed
        """
        if self.content_removed_at:
            raise self._removed()
        with super()._open_content() as content:
            yield content

    def _removed(self):
        day = fields.Date.to_string(self.content_removed_at)
        return FileError("content_removed", day=day)
