# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The file of a debit run, judged by schemas and readers that we did not write."""

import tracemalloc
from dataclasses import replace
from decimal import Decimal
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pyiso20022.pain.pain_008_001_02 import Document as Old
from pyiso20022.pain.pain_008_001_09 import Document as New
from sepa_sample import AMENDED, CREDITOR, DEBIT, batch, batches, write
from xsdata.formats.dataclass.parsers import XmlParser

from odoo.addons.somconnexio_payments.sepa import pain008, schema
from odoo.addons.somconnexio_payments.sepa.messages import Batch, Header

SEPAXML = Path(find_spec("sepaxml").origin).parent / "schemas"
VERSIONS = (pain008.VERSION_2019, pain008.VERSION_2009)


@pytest.mark.parametrize("version", VERSIONS)
def test_file_is_valid_for_schema_of_another_library(version):
    told = schema.check(
        BytesIO(write(batches(), version)), SEPAXML / f"{version}.xsd", "DrctDbtTxInf"
    )
    assert [(one.name, one.count, str(one.total)) for one in told] == [
        ("DD2026-0001", 3, "1285.00"),
        ("DD2026-0001-1", 2, "1259.50"),
        ("DD2026-0001-2", 1, "25.50"),
    ]


def test_file_is_read_by_another_library_as_it_was_meant():
    # The library knows .02 and .09; .08 is .09 but for parts that are not used here.
    content = write(batches()).replace(b"pain.008.001.08", b"pain.008.001.09")
    message = XmlParser().from_bytes(content, New).cstmr_drct_dbt_initn
    first, second = message.pmt_inf
    assert message.grp_hdr.ctrl_sum == Decimal("1285.00")
    assert (first.pmt_tp_inf.seq_tp.value, second.pmt_tp_inf.seq_tp.value) == (
        "RCUR",
        "FNAL",
    )
    plain, amended = first.drct_dbt_tx_inf
    assert plain.pmt_id.end_to_end_id == "DD2026-0001-000001"
    assert plain.dbtr.nm == "Maria Penarroya"
    address = plain.dbtr.pstl_adr
    assert (address.strt_nm, address.bldg_nb) == ("Carrer Major", "1, 2n")
    assert (address.twn_nm, address.ctry, address.adr_line) == ("Girona", "ES", [])
    assert plain.drct_dbt_tx.mndt_rltd_inf.amdmnt_ind is None
    details = amended.drct_dbt_tx.mndt_rltd_inf.amdmnt_inf_dtls
    assert details.orgnl_mndt_id == "OLD0000002"
    assert details.orgnl_dbtr_acct.id.othr.id == "SMNDA"
    assert details.orgnl_cdtr_schme_id.nm == "Old cooperative"


def test_old_format_is_read_by_another_library():
    content = write(batches(), pain008.VERSION_2009)
    message = XmlParser().from_bytes(content, Old).cstmr_drct_dbt_initn
    agent = message.pmt_inf[0].cdtr_agt.fin_instn_id
    assert agent.bic == "CAIXESBBXXX"
    assert [len(one.drct_dbt_tx_inf) for one in message.pmt_inf] == [2, 1]


def test_equal_orders_give_equal_bytes():
    assert write(batches()) == write(batches())


def test_batch_that_does_not_add_up_is_refused():
    wrong = replace(batch(DEBIT), total=Decimal("1.00"))
    with pytest.raises(pain008.ControlTotalsDiffer, match="DD2026-0001-1"):
        write([wrong])


def test_broken_file_names_line_and_rule_but_no_person():
    path = SEPAXML / f"{pain008.VERSION_2019}.xsd"
    content = write([batch(DEBIT)]).replace(b"Maria Penarroya", b"Maria" + b"a" * 200)
    with pytest.raises(schema.SchemaBroken) as caught:
        schema.check(BytesIO(content), path, "DrctDbtTxInf")
    assert "line" in str(caught.value)
    assert "Maria" not in str(caught.value)


def test_truncated_file_is_broken():
    path = SEPAXML / f"{pain008.VERSION_2019}.xsd"
    with pytest.raises(schema.SchemaBroken):
        schema.check(BytesIO(write(batches())[:-40]), path, "DrctDbtTxInf")


def test_creditor_without_bic_says_so():
    creditor = replace(CREDITOR, account=replace(CREDITOR.account, bic=""))
    tree = etree.fromstring(write([batch(AMENDED)], creditor=creditor))
    found = tree.xpath("//*[local-name()='CdtrAgt']//*[local-name()='Id']/text()")
    assert found == ["NOTPROVIDED"]


def test_remittance_is_cut_to_what_the_schema_takes():
    long = replace(DEBIT, remittance="r" * 150)
    tree = etree.fromstring(write([batch(long)]))
    assert tree.xpath("//*[local-name()='Ustrd']/text()") == ["r" * 140]


def test_memory_does_not_grow_with_the_debits():
    count = 3000
    many = (
        replace(DEBIT, end_to_end_id=f"DD2026-0001-{place:06d}")
        for place in range(count)
    )
    whole = Batch(
        "B-1", "CORE", "RCUR", batch().due_date, count, DEBIT.amount * count, many
    )

    class Nowhere:
        def write(self, data):
            """Forget the data."""
            return len(data)

    tracemalloc.start()
    header = _header(whole)
    pain008.write(Nowhere(), header, CREDITOR, [whole])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000


def _header(whole):
    """Return the header of a message with one batch."""
    return Header("M-1", "2026-10-05T08:00:00", whole.count, whole.total, "Som")
