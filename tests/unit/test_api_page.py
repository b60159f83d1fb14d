# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What docs/api.md tells other programs to call is there, and open to them."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/api.md").read_text()
#: Methods that every model has from Odoo.
OF_ODOO = {"create", "read", "search", "search_count", "search_read", "write"}
_CALLS = (
    re.compile(r"/json/2/([a-z_.]+)/([a-z_]+)"),
    re.compile(r'api_key,\s+"([a-z_.]+)",\s+"([a-z_]+)"'),
    re.compile(r"`([a-z_]+(?:\.[a-z_]+)+)\.([a-z_]+)`"),
)
#: ``request_key`` is a parameter.
_NAMED = re.compile(r"`((?:action|request)_(?!key`)[a-z_]+)`")


def _models(value):
    """Return the model names of the value of ``_name`` or ``_inherit``."""
    nodes = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
    return [node.value for node in nodes if isinstance(node, ast.Constant)]


def _facts_of(node):
    """Return own name, parents and public methods of a class of Odoo."""
    told = {"_name": [], "_inherit": []}
    methods = set()
    for part in node.body:
        if isinstance(part, ast.Assign) and part.targets[0].id in told:
            told[part.targets[0].id] = _models(part.value)
        elif isinstance(part, ast.FunctionDef) and not part.name.startswith("_"):
            if not any("private" in ast.unparse(one) for one in part.decorator_list):
                methods.add(part.name)
    return told["_name"] or told["_inherit"][:1], told["_inherit"], methods


def _public_methods():
    """Return model → names of the methods that RPC reaches, inherited ones too."""
    own, parents = {}, {}
    for path in ROOT.glob("addons/*/**/*.py"):
        if not {"models", "wizards"} & set(path.relative_to(ROOT).parts):
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                for model in _facts_of(node)[0]:
                    _name, inherited, methods = _facts_of(node)
                    own.setdefault(model, set()).update(methods)
                    parents.setdefault(model, set()).update(inherited)
    return {
        model: methods.union(*(own.get(name, ()) for name in parents[model]))
        for model, methods in own.items()
    }


METHODS = _public_methods()
CALLED = sorted(
    {
        (model, method)
        for pattern in _CALLS
        for model, method in pattern.findall(PAGE)
        if model in METHODS
    }
)


def test_page_calls_models_of_all_three_addons():
    models = {model for model, _method in CALLED}
    assert {"telecom.pack", "telecom.tariff", "telecom.debit.run"} <= models
    assert len(CALLED) > 25


@pytest.mark.parametrize(("model", "method"), CALLED)
def test_method_that_is_documented_can_be_called(model, method):
    assert method in METHODS[model] | OF_ODOO


@pytest.mark.parametrize("method", sorted(set(_NAMED.findall(PAGE))))
def test_step_that_is_documented_is_there(method):
    assert any(method in methods for methods in METHODS.values())


def test_models_that_are_called_are_there():
    wrong = {
        model
        for model, _method in _CALLS[0].findall(PAGE)
        if model not in METHODS and model.split(".")[0] in ("telecom", "cooperative")
    }
    assert not wrong
