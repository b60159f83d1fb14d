# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
import re
from contextlib import contextmanager
from io import BytesIO

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.somconnexio_base.file_reading.archive import unpacked
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.stream import CappedStream

from ...mediation.proposal import propose
from ...mediation.row_decoder import Window
from ...mediation.trial import Trial
from .format_trial_page import FormatTrialPage
from .messages import file_error_text
from .telecom_usage_file_load import OLDEST_MONTHS
from .telecom_usage_format import SPEC_FIELDS

MAX_SAMPLE_BYTES = 64 * 1024 * 1024
MANAGER = "somconnexio_base.group_telecom_billing_manager"


class TelecomUsageFormat(models.Model):
    """How a format is made and tested on the screen, before it is saved.

    The sample stays in the form: it is never stored, since it tells who called whom.
    """

    _inherit = "telecom.usage.format"

    sample = fields.Binary(
        string="Sample file",
        store=False,
        groups=MANAGER,
        help="A file as the provider sends it. It is read here and not kept.",
    )
    sample_name = fields.Char(store=False, groups=MANAGER)
    trial_file_id = fields.Many2one(
        "telecom.usage.file",
        string="Or a received file",
        store=False,
        groups=MANAGER,
        help="Such as one that is quarantined because of this format.",
    )
    trial_html = fields.Html(
        string="First lines",
        compute="_compute_trial_html",
        sanitize=False,
        groups=MANAGER,
    )

    @api.onchange("sample")
    def _onchange_sample(self):
        """Propose a format for a sample as long as no field is described."""
        if not self.sample or self.field_ids:
            return None
        try:
            with self._open_sample() as content:
                stream = CappedStream(content, MAX_SAMPLE_BYTES)
                draft = propose(b"".join(iter(stream.read, b"")))
        except FileError as error:
            return self._warning(file_error_text(self.env, error))
        self.update(draft.settings)
        self.file_name_pattern = self.file_name_pattern or self._pattern_of_sample()
        self.field_ids = [
            Command.create({"sequence": number * 10, **_field_values(field)})
            for number, field in enumerate(draft.fields, start=1)
        ]
        return self._warning(
            self.env._(
                "%s fields are proposed from what the sample looks like. Correct what"
                " is marked below, then save.",
                len(draft.fields),
            )
        )

    def _warning(self, message):
        return {"warning": {"title": self.env._("Proposed format"), "message": message}}

    def _pattern_of_sample(self):
        """Return the sample's name with a wildcard for each number in it."""
        return re.sub(r"\d+", "*", self.sample_name or "") or False

    @api.depends(*SPEC_FIELDS, "sample", "trial_file_id")
    def _compute_trial_html(self):
        for usage_format in self:
            usage_format.trial_html = usage_format._trial_page()

    def _trial_page(self):
        """Return what this format makes of its sample, as HTML; False without one."""
        if not (self.sample or self.trial_file_id):
            return False
        page = FormatTrialPage(self)
        if self.problem:
            return page.of_error(self.problem)
        try:
            with self._open_sample() as content:
                stream = CappedStream(content, MAX_SAMPLE_BYTES)
                return page.of_trial(Trial(self._spec(), stream, self._trial_window()))
        except FileError as error:
            return page.of_error(file_error_text(self.env, error))

    def _trial_window(self):
        if self.trial_file_id:
            return self.trial_file_id._window()
        now = fields.Datetime.now()
        return Window(
            now - relativedelta(months=OLDEST_MONTHS), now + relativedelta(days=1)
        )

    @contextmanager
    def _open_sample(self):
        """Give the sample as a binary file; of an archive, its first file.

        :raise FileError: when an archive cannot be unpacked
        """
        if self.trial_file_id:
            with self.trial_file_id._open_content() as content:
                yield content
            return
        content = BytesIO(base64.b64decode(self.sample))
        yield unpacked(content, self.sample_name or "")[0][1]


def _field_values(field):
    """Return the values of a proposed field for its record."""
    meanings = field.get("value_map", {})
    return {
        "target": field["target"],
        "source": field.get("source", False),
        "value_type": field["value_type"],
        "pattern": field.get("pattern", False),
        "default_value": field.get("default", False),
        "value_map": "\n".join(f"{text}={name}" for text, name in meanings.items()),
    }
