"""Addons in the order of their needs, test stages, and templates by content."""

import pytest
from instance import templates
from instance.addons import closure, discover, outside
from instance.errors import SetupError
from instance.stages import plan
from instance.testing import read_counts


def make_addon(root, name, *depends, installable=True):
    folder = root / "addons" / name
    (folder / "tests").mkdir(parents=True)
    manifest = {"name": name, "depends": list(depends), "installable": installable}
    (folder / "__manifest__.py").write_text(repr(manifest))
    (folder / "tests" / f"test_{name}.py").touch()
    return folder


@pytest.fixture
def checkout(tmp_path):
    make_addon(tmp_path, "a_billing", "z_base", "queue_job")
    make_addon(tmp_path, "b_payments", "z_base", "account_payment")
    make_addon(tmp_path, "z_base", "account", "contract")
    make_addon(tmp_path, "unfinished", "z_base", installable=False)
    for folder in ("unit", "flows", "benchmark"):
        (tmp_path / "tests" / folder).mkdir(parents=True)
        (tmp_path / "tests" / folder / "test_it.py").touch()
    return tmp_path


def names(found):
    return [one.name for one in found]


def test_addons_come_after_those_they_need(checkout):
    found = discover(checkout / "addons")
    assert names(found) == ["z_base", "a_billing", "b_payments"]


def test_an_addon_is_installed_with_its_own_needs_only(checkout):
    found = discover(checkout / "addons")
    chain = closure(found[1], found)
    assert names(chain) == ["z_base", "a_billing"]
    assert outside(chain) == ["account", "contract", "queue_job"]


def test_a_circle_of_needs_is_named(tmp_path):
    make_addon(tmp_path, "one", "two")
    make_addon(tmp_path, "two", "one")
    with pytest.raises(SetupError, match="one → two → one"):
        discover(tmp_path / "addons")


def test_a_manifest_that_is_none_is_named(tmp_path):
    make_addon(tmp_path, "one").joinpath("__manifest__.py").write_text("{")
    with pytest.raises(SetupError, match=r"one/__manifest__\.py is no Odoo manifest"):
        discover(tmp_path / "addons")


def test_each_addon_is_tested_alone_and_the_flows_over_all(checkout):
    stages = plan(checkout, discover(checkout / "addons"))
    assert names(stages) == ["pure", "z_base", "a_billing", "b_payments", "flows"]
    assert [len(stage.chain) for stage in stages] == [0, 1, 2, 2, 3]
    assert names(stages[0].folders) == ["unit"]


def test_the_flows_share_the_run_of_an_addon_that_needs_all(checkout):
    make_addon(checkout, "portal", "a_billing", "b_payments")
    stages = plan(checkout, discover(checkout / "addons"))
    assert stages[-1].name == "portal"
    assert names(stages[-1].folders) == ["tests", "flows"]


def test_a_checkout_without_tests_has_no_stage(tmp_path):
    assert plan(tmp_path, []) == []


def layer_names(checkout):
    found = discover(checkout / "addons")
    chain = closure(found[1], found)
    return [layer.name for layer in templates.layers(chain, "ground")]


def test_a_change_renews_the_templates_above_it_and_no_other(checkout):
    before = layer_names(checkout)
    (checkout / "addons" / "a_billing" / "models.py").write_text("new = 1\n")
    after = layer_names(checkout)
    assert after[:2] == before[:2]
    assert after[2] != before[2]


def test_a_changed_test_renews_no_template(checkout):
    before = layer_names(checkout)
    (checkout / "addons" / "z_base" / "tests" / "test_more.py").touch()
    assert layer_names(checkout) == before


def test_the_counts_come_from_pytests_report(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="5" failures="1" errors="0" skipped="2"/>'
        "</testsuites>"
    )
    expected = {"tests": 5, "failures": 1, "errors": 0, "skipped": 2}
    assert read_counts(report) == expected


def test_a_missing_report_counts_nothing(tmp_path):
    assert not any(read_counts(tmp_path / "none.xml").values())
