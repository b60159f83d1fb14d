"""Addons in the order of their needs, test stages, and templates by content."""

import pytest
from instance import templates
from instance.addons import closure, discover, outside
from instance.errors import SetupError
from instance.stages import plan, select
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


def test_what_the_tests_of_an_addon_need_is_installed_beside_it(checkout):
    tests = checkout / "addons" / "a_billing" / "tests"
    tests.mkdir(exist_ok=True)
    (tests / "needed_modules.txt").write_text("# providers\npayment_demo  # of Odoo\n")
    found = discover(checkout / "addons")
    top = templates.layers(closure(found[1], found), "ground")[-1]
    assert top.modules == ("a_billing", "payment_demo")


def test_a_changed_test_renews_no_template(checkout):
    before = layer_names(checkout)
    (checkout / "addons" / "z_base" / "tests" / "test_more.py").touch()
    assert layer_names(checkout) == before


@pytest.mark.parametrize(
    ("pattern", "selected", "left"),
    [
        ("", ["pure", "z_base", "a_billing", "b_payments", "flows"], ""),
        ("z_base", ["z_base"], ""),
        ("a_bill", ["a_billing"], "a_bill"),
        ("a_bill or test_it", ["pure", "a_billing", "flows"], "a_bill or test_it"),
        ("nowhere", [], "nowhere"),
    ],
)
def test_a_pattern_runs_only_the_stages_it_may_match(checkout, pattern, selected, left):
    stages = plan(checkout, discover(checkout / "addons"))
    chosen, rest = select(stages, pattern)
    assert (names(chosen), rest) == (selected, left)


def test_a_pattern_that_excludes_leaves_no_stage_out(checkout):
    stages = plan(checkout, discover(checkout / "addons"))
    assert select(stages, "not it") == (stages, "not it")


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("== 5 passed in 1.88s ==", {"passed": 5}),
        (
            "= 1 failed, 23 passed, 2 skipped, 1 warning, 42 errors in 71.54s =",
            {"failed": 1, "passed": 23, "skipped": 2, "error": 42},
        ),
        ("no closing line", {}),
    ],
)
def test_the_counts_are_those_of_pytests_closing_line(tmp_path, line, counts):
    log = tmp_path / "test.log"
    log.write_text(f"7 passed before\n{line}\n")
    assert read_counts(log) == counts


def test_a_missing_log_counts_nothing(tmp_path):
    assert read_counts(tmp_path / "none.log") == {}
