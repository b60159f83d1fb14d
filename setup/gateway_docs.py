# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Describe what banks' apps can call: ``python setup/gateway_docs.py``.

From the golden transcripts, which tests replay over HTTP, come an OpenAPI 3.1
description and one collection of requests per bank (``.http``, run by the REST clients
of editors). So neither can say anything that is not true.
"""

import json
import sys
from pathlib import Path
from urllib.parse import parse_qsl

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "addons/somconnexio_payments/tests/golden/gateway"
DOCS = ROOT / "docs/gateway"
#: What a bank has of its own; the transcripts hold those of the tests.
VARIABLES = {
    "Bearer a-token-for-tests-only": "Bearer {{token}}",
    "Basic YmFuazphLXRva2VuLWZvci10ZXN0cy1vbmx5": "Basic {{basic}}",
}
SCHEMES = {
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer"},
}
NO_SIGNATURE = {"Authorization", "Content-Type"}
FORM = "application/x-www-form-urlencoded"


def read_transcripts(folder=GOLDEN):
    """Return the transcripts: name of the profile → list of steps."""
    return {
        path.stem: json.loads(path.read_text())
        for path in sorted(folder.glob("*.json"))
    }


def write_collection(name, steps):
    """Return the text of a collection of requests."""
    lines = [
        f"# Bank app “{name}”: every request of its transcript.",
        "# The answers stand in openapi.json. Made by setup/gateway_docs.py.",
        "@host = http://127.0.0.1:8069",
        "@token = the token that “New secret” has shown",
        "@basic = base64 of user:password",
    ]
    for step in steps:
        lines += ["", f"### {step['name']}"]
        lines.append(f"{step['method']} {{{{host}}}}{step['address']}")
        lines += [
            f"{header}: {VARIABLES.get(value, value)}"
            for header, value in step["headers"].items()
        ]
        lines += ["", step["body"]] if step["body"] else []
    return "\n".join(lines) + "\n"


def describe(transcripts):
    """Return the OpenAPI description of all transcripts."""
    paths = {}
    for name, steps in transcripts.items():
        for step in steps:
            path, _, query = step["address"].partition("?")
            operations = paths.setdefault(path, {})
            method = step["method"].lower()
            operation = operations.setdefault(method, _operation(name, path, method))
            _add_step(operation, step, query)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Som Connexió suite: bank apps",
            "version": "19.0",
            "description": "What banks' apps and terminals call. One path per bank; "
            "names, codes and formats are those of each bank's record. Made of the "
            "golden transcripts by setup/gateway_docs.py.",
        },
        "servers": [{"url": "https://erp.example.org"}],
        "paths": paths,
        "components": {"securitySchemes": SCHEMES | _signatures(transcripts)},
    }


def _signatures(transcripts):
    """Return the scheme of each header in which a bank signs."""
    headers = {
        header
        for steps in transcripts.values()
        for step in steps
        for header in step["headers"]
        if header not in NO_SIGNATURE
    }
    return {
        header: {
            "type": "apiKey",
            "in": "header",
            "name": header,
            "description": "Signature over the call and the key, lowercase hex",
        }
        for header in sorted(headers)
    }


def _operation(name, path, method):
    last = path.rsplit("/", 1)[-1]
    return {
        "operationId": f"{name}_{last}_{method}".replace("-", "_"),
        "summary": f"{name}: {last}",
        "tags": [name],
        "parameters": [],
        "responses": {},
    }


def _add_step(operation, step, query):
    """Add one step as an example of its operation."""
    known = {parameter["name"]: parameter for parameter in operation["parameters"]}
    for field, value in parse_qsl(query, keep_blank_values=True):
        parameter = known.get(field)
        if parameter is None:
            parameter = known[field] = {
                "name": field,
                "in": "query",
                "schema": {"type": "string"},
                "examples": {},
            }
            operation["parameters"].append(parameter)
        parameter["examples"][step["name"]] = {"value": value}
    if step["body"]:
        _add_body(operation, step)
    _add_security(operation, step["headers"])
    _add_answer(operation, step)


def _add_body(operation, step):
    body = operation.setdefault("requestBody", {"required": True, "content": {}})
    kind = step["headers"].get("Content-Type", "application/json")
    content = body["content"].setdefault(kind, {"schema": {}, "examples": {}})
    content["schema"] = {"type": "object"}
    text = step["body"]
    value = dict(parse_qsl(text)) if kind == FORM else json.loads(text)
    content["examples"][step["name"]] = {"value": value}


def _add_security(operation, headers):
    signature = headers.keys() - NO_SIGNATURE
    if signature:
        operation["security"] = [{signature.pop(): []}]
    elif "Authorization" in headers:
        scheme = headers["Authorization"].split()[0].lower()
        operation["security"] = [{scheme: []}]


def _add_answer(operation, step):
    answer = operation["responses"].setdefault(
        str(step["status"]), {"description": _meaning(step["status"]), "content": {}}
    )
    kind = step["content_type"].split(";")[0]
    content = answer["content"].setdefault(
        kind, {"schema": {"type": _schema_type(kind)}, "examples": {}}
    )
    value = step["reply"]
    if kind == "application/json":
        value = json.loads(value.replace("RECEIPT", "2016"))
    content["examples"][step["name"]] = {"value": value}


def _schema_type(kind):
    return "object" if kind == "application/json" else "string"


def _meaning(status):
    return {
        200: "Answered; the code says what became of the call.",
        401: "The secret is missing or wrong.",
        403: "The signature or network is wrong.",
    }.get(status, "Refused.")


def files():
    """Return the text of each file by its path."""
    transcripts = read_transcripts()
    description = json.dumps(describe(transcripts), indent=1, ensure_ascii=False)
    texts = {DOCS / "openapi.json": description + "\n"}
    for name, steps in transcripts.items():
        texts[DOCS / f"{name}.http"] = write_collection(name, steps)
    return texts


def main():
    """Write the files."""
    DOCS.mkdir(exist_ok=True)
    for path, text in files().items():
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
