# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.http import content_disposition, request


def file_response(content, filename, mimetype, disposition="attachment"):
    """Return the answer that hands out a file.

    :param bytes content: the file
    :param str disposition: ``attachment`` to save it, ``inline`` to look at it
    """
    return request.make_response(
        content,
        [
            ("Content-Type", mimetype),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(filename, disposition)),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
