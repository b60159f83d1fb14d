# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import logging
import time
from configparser import ConfigParser
from contextlib import closing
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import config

from ...collection.errors import BoxError, CollectionError, FetchError
from ...collection.folder import FolderBox
from .messages import collection_error_text

_logger = logging.getLogger(__name__)
CONFIG_SECTION = "telecom_usage"


def folder_root():
    """Return the folder below which folders may be watched, by odoo.conf.

    :raise BoxError: ``no_root``
    """
    parser = ConfigParser(interpolation=None)
    parser.read(config["config"] or ())
    root = parser.get(CONFIG_SECTION, "folder_root", fallback="")
    if not root:
        raise BoxError("no_root")
    return root


class TelecomUsageSource(models.Model):
    """How files are fetched: each by itself, so that one spoils no other."""

    _inherit = "telecom.usage.source"

    def action_fetch(self):
        """Look for files in a moment, in the background."""
        self.env["telecom.usage.file"].check_access("write")
        self.env.ref("somconnexio_billing.cron_usage_source_fetch").sudo()._trigger()
        return self.env["telecom.usage.file"]._notification(
            "info", self.env._("The sources are looked at in the background.")
        )

    @api.model
    def _cron_fetch(self):
        """Fetch what all sources have; a source that fails stops no other one."""
        sources = self.search([("kind", "in", ("folder", "sftp"))])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(sources))
        for source in sources:
            source._fetch()
            if not cron._commit_progress(1):
                break

    def _fetch(self):
        """Fetch what one source has, and note how it went.

        Each file is committed by itself: what is taken in stays so, whatever follows.
        """
        self.ensure_one()
        try:
            with closing(self._open_box()) as box:
                wanted = self._wanted(box.listing())
                messages = [self._take_in(box, remote) for remote in wanted]
        except (BoxError, AccessError) as error:
            self.env.cr.rollback()
            messages = [self._text_of(error)]
        message = next(filter(None, messages), False)
        vals = {"fetched_at": fields.Datetime.now(), "error_message": message}
        if not message:
            vals["succeeded_at"] = vals["fetched_at"]
        self.sudo().write(vals)

    def _open_box(self):
        """Return the place that the files lie in.

        :raise BoxError: when it cannot be opened
        """
        if self.kind == "folder":
            return FolderBox(folder_root(), self.folder or "")
        # The library of SFTP takes a while to load and few sources need it.
        from ...collection.sftp import SftpBox

        secrets = self.sudo()
        return SftpBox(
            self.sftp_host or "",
            self.sftp_port,
            self.sftp_host_key,
            secrets.sftp_user or "",
            self.sftp_directory,
            password=secrets.sftp_password or None,
            private_key=secrets.sftp_private_key or None,
            after=self.sftp_after,
        )

    def _wanted(self, listing):
        """Return the files of a listing that are complete and not fetched yet."""
        now = time.time()
        pattern = self._pattern()
        known = self.env["telecom.usage.delivery"]._known(self)
        return [
            remote
            for remote in listing
            if remote.is_complete(now, self.settle_seconds)
            and (pattern is None or pattern.match(remote.name))
            and known.get(remote) != "failed"
            and not (known.get(remote) == "arrived" and self._is_left_there())
        ]

    def _is_left_there(self):
        return self.kind == "sftp" and self.sftp_after == "leave"

    def _take_in(self, box, remote):
        """Fetch and receive one file, commit, then put it aside where it lay.

        Killed in between, the file is found again, known by its content, and put
        aside: it comes in once.

        :return: what went wrong, False if nothing did
        """
        delivery = self.env["telecom.usage.delivery"]
        part = self._part_path(remote)
        try:
            box.fetch(remote, part)
            worker = self._as_responsible()
            files = worker._receive(part, remote.name)
            delivery._note(self, remote, file=files[:1])
            self._commit()
            part.unlink(missing_ok=True)
            box.put_aside(remote)
        except (FetchError, OSError) as error:
            # The next look tries again, from where this one ended.
            self.env.cr.rollback()
            return f"{remote.name}: {self._text_of(error)}"
        except UserError as error:
            self.env.cr.rollback()
            part.unlink(missing_ok=True)
            delivery._note(self, remote, error_message=str(error))
            self._commit()
            return f"{remote.name}: {error}"
        return False

    def _commit(self):
        self.env["ir.cron"]._commit_progress()

    def _text_of(self, error):
        if isinstance(error, CollectionError):
            return collection_error_text(self.env, error)
        return str(error)

    def _as_responsible(self):
        """Return this source in the environment of who answers for it.

        :raise AccessError: when that person has left
        """
        if not self.user_id.active:
            raise AccessError(
                self.env._(
                    "%(user)s, responsible of the source %(name)s, is archived."
                    " Choose somebody else.",
                    user=self.user_id.name,
                    name=self.name,
                )
            )
        company_ids = self.company_id.ids
        return self.with_user(self.user_id).with_context(
            allowed_company_ids=company_ids, lang=self.user_id.lang
        )

    def _receive(self, content, name):
        """Receive a file for this source, or an archive; queue loads if wanted.

        :param content: bytes, or the path of a file
        :raise UserError: when no format fits the name
        """
        File = self.env["telecom.usage.file"].with_context(telecom_usage_adopted=True)
        files = File.receive(content, name, format=self.format_id or None)
        for file in files:
            file._adopt(self, name)
        if self.is_load_wanted:
            files.filtered(lambda file: file.state == "received")._queue_load()
        return files

    def _part_path(self, remote):
        """Return where the bytes of a file are collected until it is whole."""
        folder = Path(config["data_dir"], "telecom_usage", self.env.cr.dbname)
        folder = folder / str(self.id)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / remote.part_name
        if self.kind == "folder":
            path.unlink(missing_ok=True)
        return path
