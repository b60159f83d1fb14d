# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo import api, models
from odoo.exceptions import UserError

from ...takeover.kinds import KINDS

SETTINGS = (
    "name",
    "code",
    "encoding",
    "delimiter",
    "quote_char",
    "decimal_separator",
    "date_pattern",
    "is_lenient",
)
LAYOUT_SETTINGS = ("file_name_pattern", "sheet_name")
COLUMN_SETTINGS = ("source", "default_value", "date_pattern", "value_map")
MAX_DOCUMENT = 1_000_000


class TelecomMigrationProfile(models.Model):
    """Profiles as JSON documents, to be kept beside the scripts that export."""

    _inherit = "telecom.migration.profile"

    @api.private
    def as_document(self):
        """Return this profile as a document: a dict that JSON can write."""
        self.ensure_one()
        document = {name: self[name] or "" for name in SETTINGS}
        document["is_lenient"] = self.is_lenient
        document["country"] = self.country_id.code
        document["layouts"] = {
            layout.kind: {
                **{name: layout[name] for name in LAYOUT_SETTINGS if layout[name]},
                "columns": {
                    column.target: {
                        name: column[name] for name in COLUMN_SETTINGS if column[name]
                    }
                    for column in layout.column_ids
                    if column.source or column.default_value
                },
            }
            for layout in self.layout_ids
        }
        return document

    @api.model
    @api.private
    def load_document(self, text):
        """Make or change the profile of a document, known by its code.

        :param str text: JSON as ``as_document`` gives it; a column may be just the
            name of its source
        :return: the profile
        :raise UserError: naming what of the document cannot be used
        """
        document = self._parsed(text)
        vals = {name: document[name] for name in SETTINGS if name in document}
        if document.get("country"):
            vals["country_id"] = self._document_country(document["country"]).id
        profile = self.with_context(active_test=False).search(
            [("code", "=", document["code"]), ("company_id", "=", self.env.company.id)]
        )
        if profile:
            vals.pop("code")
            profile.write({**vals, "active": True})
        else:
            profile = self.create(vals)
        for kind, layout in document["layouts"].items():
            profile._load_layout(kind, layout)
        return profile

    def _parsed(self, text):
        """Return the dict of a document whose shape is right."""
        if len(text) > MAX_DOCUMENT:
            raise UserError(self.env._("This is too long for a migration profile."))
        try:
            document = json.loads(text)
        except ValueError as error:
            raise UserError(self.env._("This is no JSON: %s", error)) from error
        is_object = isinstance(document, dict)
        layouts = document.get("layouts") if is_object else None
        if not isinstance(layouts, dict) or not document.get("code"):
            raise UserError(
                self.env._(
                    "A migration profile is a JSON object with “code”, “name” and"
                    " “layouts”."
                )
            )
        allowed = {*SETTINGS, "country", "layouts"}
        self._check_known(document, allowed, self.env._("the profile"))
        self._check_known(layouts, KINDS, self.env._("its layouts"))
        return document

    def _check_known(self, names, known, place):
        if unknown := sorted(set(names) - set(known)):
            raise UserError(
                self.env._(
                    "%(place)s has no “%(name)s”; there are %(known)s.",
                    place=place,
                    name=unknown[0],
                    known=", ".join(known),
                )
            )

    def _document_country(self, code):
        country = self.env["res.country"].search([("code", "=", code)])
        if not country:
            raise UserError(self.env._("There is no country “%s”.", code))
        return country

    def _load_layout(self, kind, document):
        """Make or change the layout of one kind."""
        if not isinstance(document, dict):
            raise UserError(self.env._("The layout %s is no JSON object.", kind))
        self._check_known(document, (*LAYOUT_SETTINGS, "columns"), kind)
        layout = self.layout_ids.filtered(lambda found: found.kind == kind)
        layout = layout or self.env["telecom.migration.layout"].create(
            {"profile_id": self.id, "kind": kind}
        )
        layout.write({name: document.get(name, False) for name in LAYOUT_SETTINGS})
        columns = document.get("columns") or {}
        self._check_known(columns, KINDS[kind].by_name, kind)
        for column in layout.column_ids:
            settings = columns.get(column.target, {})
            if isinstance(settings, str):
                settings = {"source": settings}
            self._check_known(settings, COLUMN_SETTINGS, column.target)
            column.write({name: settings.get(name, False) for name in COLUMN_SETTINGS})
