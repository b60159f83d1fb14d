# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The made-up delivery: the same for the same seed, wrong where it says so."""

from odoo.addons.somconnexio_base.takeover.kinds import KINDS
from odoo.addons.somconnexio_base.takeover.sample import make_delivery, write_delivery
from odoo.addons.somconnexio_base.takeover.sample.profile import PROFILE
from odoo.addons.somconnexio_base.takeover.values import Manner, read_iban, read_tax_id


def test_sample_is_the_same_for_the_same_seed():
    assert make_delivery(30, 7) == make_delivery(30, 7)
    assert make_delivery(30, 7).rows != make_delivery(30, 8).rows


def test_sample_holds_every_kind_and_every_defect_once():
    delivery = make_delivery(30)
    assert set(delivery.rows) == set(KINDS) == set(PROFILE["layouts"])
    assert all(delivery.rows.values())
    assert set(delivery.faults.values()) == {1}
    assert all(delivery.refused[kind] for kind in ("partner", "subscription", "bill"))


def test_sample_without_defects_refuses_nothing():
    delivery = make_delivery(30, has_defects=False)
    assert not delivery.refused
    for row in delivery.rows["partner"]:
        assert not row["NIF"] or read_tax_id(row["NIF"], Manner())
    for row in delivery.rows["billing_account"]:
        assert not row["IBAN"] or read_iban(row["IBAN"], Manner())


def test_two_samples_can_be_kept_apart():
    first, second = make_delivery(12), make_delivery(12, first=12)
    ids = [{row["ID"] for row in d.rows["subscription"]} for d in (first, second)]
    assert not ids[0] & ids[1]


def test_sample_is_written_as_files(tmp_path):
    paths = write_delivery(make_delivery(12), tmp_path / "out")
    names = {path.name for path in paths}
    assert {"terceros.csv", "facturas.xlsx", "profile.json"} <= names
    text = (tmp_path / "out" / "terceros.csv").read_text("cp1252")
    assert text.startswith("ID;NOMBRE;")
