# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about sources of usage files."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import new_test_user
from odoo.tools import config

from ..models.collection import telecom_usage_source_fetch
from .mediation_common import NOW, UsageCommon, wholesale_bytes, wholesale_line

OLD_SECONDS = 1_700_000_000


class CollectionCommon(UsageCommon):
    """A folder of its own as the one that may be watched; ``inbox`` is below it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Source = cls.env["telecom.usage.source"]
        cls.manager = new_test_user(
            cls.env,
            "collection_manager",
            "somconnexio_base.group_telecom_billing_manager",
        )

    def setUp(self):
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name) / "root"
        self.inbox = self.root / "inbox"
        self.inbox.mkdir(parents=True)
        self.startPatcher(
            patch.object(
                telecom_usage_source_fetch, "folder_root", lambda: str(self.root)
            )
        )
        self.startPatcher(
            patch.dict(config.options, {"data_dir": f"{folder.name}/data"})
        )
        self.startPatcher(freeze_time(NOW))

    @classmethod
    def _create_source(cls, **vals):
        """Return a source that watches ``inbox``; the manager answers for it."""
        return cls.Source.create(
            {
                "name": "Mobile wholesaler",
                "kind": "folder",
                "folder": "inbox",
                "user_id": cls.manager.id,
                "company_id": cls.company.id,
                **vals,
            }
        )

    def _put(self, name, *lines, seconds=OLD_SECONDS):
        """Put a file of some lines into the inbox, last changed at an instant."""
        path = self.inbox / name
        path.write_bytes(wholesale_bytes(*(lines or [wholesale_line()])))
        os.utime(path, (seconds, seconds))
        return path

    def _fetch_all(self):
        """Let the scheduled action run once."""
        self.registry_enter_test_mode(register_cleanup=False)
        try:
            cron = self.env.ref("somconnexio_billing.cron_usage_source_fetch")
            cron.method_direct_trigger()
        finally:
            self.registry_leave_test_mode()
        self.env.invalidate_all()
