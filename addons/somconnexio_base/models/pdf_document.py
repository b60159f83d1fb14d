# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""PDF documents of records: their faces, and how one is kept and opened."""

from odoo.tools import file_path

PDF_MIMETYPE = "application/pdf"


def font_folders():
    """Return where Odoo keeps the faces of the documents."""
    return (file_path("web/static/fonts"),)


def open_document(record, name, content):
    """Attach a PDF to a record and return the action that opens it.

    :param str name: of the file
    :param bytes content: the document
    :return: dict, an ``ir.actions.act_url``
    """
    attachment = record.env["ir.attachment"].create(
        {
            "name": name,
            "raw": content,
            "mimetype": PDF_MIMETYPE,
            "res_model": record._name,
            "res_id": record.id,
        }
    )
    return {
        "type": "ir.actions.act_url",
        "url": f"/web/content/{attachment.id}",
        "target": "new",
    }
