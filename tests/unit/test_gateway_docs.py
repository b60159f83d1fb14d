# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What is written down for banks is what the transcripts say."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location(
    "gateway_docs", ROOT / "setup" / "gateway_docs.py"
)
gateway_docs = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(gateway_docs)

TRANSCRIPTS = gateway_docs.read_transcripts()
#: A request of a collection: method, address, headers, body.
_REQUEST = re.compile(
    r"### (.*)\n(\w+) \{\{host\}\}(\S+)\n((?:[\w-]+: .*\n)*)(?:\n(?!#)(.+))?"
)


@pytest.mark.parametrize("path", gateway_docs.files(), ids=lambda path: path.name)
def test_file_is_up_to_date(path):
    assert path.read_text() == gateway_docs.files()[path], (
        "run: python setup/gateway_docs.py"
    )


def test_there_is_no_file_of_a_profile_that_is_gone():
    assert set(gateway_docs.DOCS.iterdir()) == set(gateway_docs.files())


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_collection_holds_every_request_as_it_is_replayed(name):
    text = (gateway_docs.DOCS / f"{name}.http").read_text()
    found = [
        (step, method, address, body)
        for step, method, address, _headers, body in _REQUEST.findall(text)
    ]
    assert found == [
        (step["name"], step["method"], step["address"], step["body"])
        for step in TRANSCRIPTS[name]
    ]
    assert "a-token-for-tests-only" not in text


def test_description_names_each_path_method_status_and_parameter():
    description = gateway_docs.describe(TRANSCRIPTS)
    assert description["openapi"] == "3.1.0"
    operations = [
        operation
        for methods in description["paths"].values()
        for operation in methods.values()
    ]
    ids = [operation["operationId"] for operation in operations]
    assert len(ids) == len(set(ids))
    for operation in operations:
        assert operation["responses"]
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert len(names) == len(set(names))
    for step in TRANSCRIPTS["osmp"]:
        path = step["address"].partition("?")[0]
        responses = description["paths"][path]["get"]["responses"]
        examples = responses[str(step["status"])]["content"]["text/xml"]["examples"]
        assert examples[step["name"]]["value"] == step["reply"]
