# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A cooperative about to take over another ERP's data."""

import json
from base64 import b64decode
from pathlib import Path
from tempfile import TemporaryDirectory

from ..takeover.sample import write_delivery
from ..takeover.sample.delivery import FIBRE, MOBILE
from ..takeover.sample.profile import PROFILE
from .common import SomconnexioCommon

MODELS = {
    "partner": "res.partner",
    "membership": "cooperative.membership",
    "billing_account": "telecom.billing.account",
    "subscription": "contract.contract",
    "line": "contract.line",
    "resource": "telecom.resource",
    "assignment": "telecom.resource.assignment",
    "bill": "telecom.bill.history",
}


class MigrationCommon(SomconnexioCommon):
    """The products and share class that the sample delivery names, and its profile."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Reports are written in the language of who began the migration.
        cls.env.user.lang = "en_US"
        cls.company.country_id = cls.env.ref("base.es")
        for code, price in (*MOBILE, *FIBRE):
            service = "mobile" if (code, price) in MOBILE else "fibre"
            cls._create_offering(code, 1, service, default_code=code)
        cls._set_up_share_class()
        Profile = cls.env["telecom.migration.profile"]
        cls.profile = Profile.load_document(json.dumps(PROFILE))

    @classmethod
    def _set_up_share_class(cls):
        ShareClass = cls.env["cooperative.share.class"]
        if not ShareClass.search([("company_id", "=", cls.company.id)]):
            ShareClass.create(
                {"name": "Contribution", "code": "contribution", "share_price": 100}
            )

    @classmethod
    def _receive(cls, delivery, profile=None, sheet_kinds=("bill",)):
        """Return a migration with the files of a delivery."""
        run = cls.env["telecom.migration.run"].create(
            {"profile_id": (profile or cls.profile).id}
        )
        with TemporaryDirectory() as folder:
            for path in write_delivery(delivery, Path(folder), sheet_kinds)[:-1]:
                cls.env["telecom.migration.file"].receive(
                    run, path.read_bytes(), path.name
                )
        return run

    @classmethod
    def _take_over(cls, delivery, **options):
        """Return the migration of a delivery, done."""
        run = cls._receive(delivery, **options)
        run.work_now()
        return run

    @classmethod
    def _found(cls, kind, external_id):
        """Return the record that a row of the sample became."""
        system = cls.profile.code
        if kind == "mandate":
            return cls.env["telecom.external.id"]._find(
                "telecom.billing.account", f"{system}.mandate", external_id
            )
        return cls.env["telecom.external.id"]._find(MODELS[kind], system, external_id)

    def _steps(self, run, name):
        """Return {kind: count} of a migration."""
        return {step.kind: step[f"{name}_count"] for step in run.step_ids}

    def _issues(self, run, **wanted):
        """Return the faults of a migration with certain values."""
        return run.issue_ids.filtered(
            lambda issue: all(issue[name] == value for name, value in wanted.items())
        )

    def _csv(self, run):
        """Return the lines of the file of faults."""
        return b64decode(run.errors_file).decode("utf-8-sig").splitlines()
