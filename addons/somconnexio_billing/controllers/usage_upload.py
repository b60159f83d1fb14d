# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Providers upload usage files by HTTP; see docs/operations.md."""

import re

from psycopg2.errors import UniqueViolation
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import LengthRequired, Unauthorized

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

MEGABYTE = 1 << 20
# What a form needs beside the file.
FORM_BYTES = 64 * 1024
FILE_NAME = re.compile(r"[\w(+@=][\w.()+@=, -]{0,199}")


def _allowed_bytes(controller):
    """Return how large the body may be, before any of it is read.

    :raise Unauthorized: 401, without a token that opens a source
    :raise LengthRequired: 411, when the length is not told beforehand
    """
    source = controller._source()
    if not source:
        raise Unauthorized(www_authenticate=WWWAuthenticate("bearer"))
    if request.httprequest.content_length is None:
        raise LengthRequired
    return source.max_upload_megabytes * MEGABYTE + FORM_BYTES


class UsageUploadController(http.Controller):
    """``POST /telecom/usage/upload``: a form with the field ``file``, and a token."""

    @http.route(
        "/telecom/usage/upload",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=_allowed_bytes,
    )
    def upload(self, file=None, **_values):
        """Take one file in; answer 201, or 409 when its content is there already.

        What is larger than 500 kB was written to disk while it came, not to memory.
        """
        name = getattr(file, "filename", "") or ""
        if not FILE_NAME.fullmatch(name):
            return _answer(400, {"error": "the field file holds no file with a name"})
        return self._receive(self._source(), file.stream, name)

    def _source(self):
        """Return the source that the request's token opens, or none."""
        header = request.httprequest.headers.get("Authorization", "")
        kind, _space, token = header.partition(" ")
        Source = request.env["telecom.usage.source"]
        if kind.lower() != "bearer" or not token.strip():
            return Source
        return Source.find_by_token(token.strip())

    def _receive(self, source, content, name):
        """Take the file in by the rights of the source's responsible."""
        sha256 = source.env["telecom.usage.file"]._content_sha256(content)
        try:
            worker = source._as_responsible()
            known = worker.env["telecom.usage.file"]._find_content(sha256)
            if known:
                return _answer(409, _described(known))
            with source.env.cr.savepoint():
                files = worker._receive(content, name)
                worker.env.flush_all()
        except UniqueViolation:
            # The same content came at the same moment by another request.
            return _answer(409, {"name": name, "sha256": sha256})
        except AccessError as error:
            return _answer(403, {"error": str(error)})
        except UserError as error:
            return _answer(422, {"error": str(error)})
        return _answer(201, _described(files))


def _described(files):
    """Return what is told of a file; of those of an archive, a list."""
    told = [
        {"id": file.id, "name": file.name, "sha256": file.content_sha256}
        for file in files
    ]
    return told[0] if len(told) == 1 else {"files": told}


def _answer(status, body):
    return request.make_json_response(body, status=status)
