# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ...notices import plans, sms_text


class Wording(NamedTuple):
    """What one notice says: ``subject`` and ``body`` (HTML) of mail and portal, and
    the SMS."""

    subject: str
    body: Markup
    sms: str


class TelecomNoticeKind(models.Model):
    """The words of a kind, in each language; ``object`` is what the notice is about."""

    _inherit = "telecom.notice.kind"
    # As Odoo's own templates: who may write them is checked when they are written.
    _unrestricted_rendering = True

    subject = fields.Char(
        translate=True, help="Of the mail, and in the portal. {{ object.name }}"
    )
    body = fields.Html(
        render_engine="qweb",
        render_options={"post_process": True},
        translate=True,
        sanitize="email_outgoing",
        help="Of the mail, and in the portal.",
    )
    sms_text = fields.Text(
        string="SMS",
        translate=True,
        help="At most two messages: 306 signs of the telephone alphabet, or 134 when"
        " there is one that it lacks, such as í or ç.",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="E-mail template",
        ondelete="restrict",
        domain="[('model_id', '=', model_id)]",
        help="Its words are used instead of subject and body.",
    )

    @api.depends("model")
    def _compute_render_model(self):
        for kind in self:
            kind.render_model = kind.model

    @api.constrains("channel_plan", "subject", "body", "sms_text", "mail_template_id")
    def _check_words(self):
        for kind in self:
            if kind.is_sent_outside:
                continue
            channels = plans.PLANS[kind.channel_plan].channels
            if not (kind._has_letter() or kind.mail_template_id):
                raise ValidationError(
                    self.env._(
                        "Kind of notice “%s”: it needs a subject and a text.", kind.name
                    )
                )
            if plans.SMS in channels and not kind.sms_text:
                raise ValidationError(
                    self.env._(
                        "Kind of notice “%s”: it is sent by SMS and needs a text for"
                        " it.",
                        kind.name,
                    )
                )

    def _has_letter(self):
        """Return whether there is a subject and a text, or what makes one."""
        body = self.body or ""
        return self.subject and (" t-" in body or not is_html_empty(body))

    @api.constrains("sms_text")
    def _check_sms_length(self):
        """Refuse a text without placeholders that is too long already."""
        for kind in self.filtered("sms_text"):
            fixed = sms_text.PLACEHOLDER.sub("", kind.sms_text)
            size = sms_text.measure(fixed)
            if size.segments > sms_text.MAX_SEGMENTS:
                raise ValidationError(
                    self.env._(
                        "Kind of notice “%(kind)s”: its SMS is %(count)s messages long"
                        " even without names and amounts; two are allowed.",
                        kind=kind.name,
                        count=size.segments,
                    )
                )

    def _render(self, res_ids, lang):
        """Return the words for some records in one language.

        :param list res_ids: ids of records of the kind's model
        :param str lang: code of an installed language
        :return: dict of :class:`Wording` by id
        :raise UserError: naming the text that cannot be rendered
        """
        self.ensure_one()
        subjects, bodies = self._render_letter(res_ids, lang)
        texts = self._render_field("sms_text", res_ids, set_lang=lang)
        return {
            res_id: Wording(
                subjects[res_id] or self.with_context(lang=lang).name,
                Markup(bodies[res_id] or ""),
                sms_text.fit((texts[res_id] or "").strip()),
            )
            for res_id in res_ids
        }

    def _render_letter(self, res_ids, lang):
        """Return two dicts by id: subjects, and bodies as HTML."""
        subjects, bodies = {}, {}
        records = self.env[self.model].browse(res_ids)
        for template, some in self._templates(records).items():
            ids = list(some._ids)  # and not .ids: a draft has none
            source, names = self, ("subject", "body")
            if template:
                source, names = template, ("subject", "body_html")
            subjects |= source._render_field(names[0], ids, set_lang=lang)
            bodies |= source._render_field(names[1], ids, set_lang=lang)
        return subjects, bodies

    def _templates(self, records):
        """Return the records by the mail.template whose words they take.

        Extend it where a record has a template of its own.

        :return: dict of recordsets by mail.template, the empty one for the kind's own
            words
        """
        return {self.mail_template_id: records}

    def _sample(self):
        """Return a record that the kind can be tried on: the newest that is about
        somebody."""
        domain = Domain.TRUE
        path = self._path_fields()
        if path and all(field.store for field in path):
            domain = Domain(self.partner_path, "!=", False)
        model = self.env[self.model]
        if not model.has_access("read"):
            return model
        return model.search(domain, order="id desc", limit=1)
