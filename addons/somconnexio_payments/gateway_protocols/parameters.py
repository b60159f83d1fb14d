# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""From the bytes of a call to its parameters, all texts; what is odd is refused."""

import json
import re
from decimal import Decimal
from urllib.parse import parse_qsl

from .outcome import Outcome, Refusal

MOST_PARAMETERS = 40
LONGEST_VALUE = 500
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
#: All that no name, number or date needs, and that no log or XML may carry.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
_METHODS = {
    "get": ("GET",),
    "form": ("POST",),
    "get_or_form": ("GET", "POST"),
    "json": ("POST",),
}


def read(call, transport):
    """Return the parameters of a call.

    :param str transport: ``get``, ``form``, ``get_or_form`` or ``json``
    :return: dict of texts
    :raise Refusal: malformed; with status 405 or 415 for another method or type
    """
    if call.is_too_long:
        raise Refusal(Outcome.MALFORMED, "The call is too long", status=413)
    if call.method not in _METHODS[transport]:
        raise Refusal(Outcome.MALFORMED, "Wrong method", status=405)
    if call.method == "GET":
        pairs = _from_query(call)
    else:
        pairs = _from_json(call) if transport == "json" else _from_form(call)
    return _checked(pairs)


def _from_query(call):
    if call.body:
        raise Refusal(Outcome.MALFORMED, "A GET has no body", status=400)
    return _decoded(call.query)


def _from_form(call):
    _check_body(call, FORM)
    try:
        return _decoded(call.body.decode("ascii"))
    except UnicodeDecodeError as error:
        raise Refusal(Outcome.MALFORMED) from error


def _decoded(text):
    try:
        return parse_qsl(
            text,
            keep_blank_values=True,
            strict_parsing=bool(text),
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError as error:
        raise Refusal(Outcome.MALFORMED) from error


def _from_json(call):
    _check_body(call, JSON)
    try:
        data = json.loads(
            call.body.decode(),
            object_pairs_hook=_Pairs,
            parse_float=Decimal,
            parse_int=_whole,
            parse_constant=_refuse_constant,
        )
    except (ValueError, RecursionError) as error:
        raise Refusal(Outcome.MALFORMED) from error
    if not isinstance(data, _Pairs):
        raise Refusal(Outcome.MALFORMED, "The body must be a JSON object")
    return [(name, _text(value)) for name, value in data]


class _Pairs(list):
    """The members of a JSON object as they stand, repeated ones too."""


def _refuse_constant(text):
    raise ValueError(text)


def _whole(text):
    """Return the text of an integer: nothing is counted with it here."""
    if len(text) > 20:
        raise ValueError("too many digits")
    return text


def _text(value):
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 20:
        return format(value, "f")
    if value is None:
        return ""
    raise Refusal(Outcome.MALFORMED, "Values must be texts or numbers")


def _check_body(call, content_type):
    if call.query:
        raise Refusal(Outcome.MALFORMED, "Parameters belong into the body", status=400)
    if call.content_type.split(";")[0].strip().lower() != content_type:
        raise Refusal(Outcome.MALFORMED, f"The body must be {content_type}", status=415)


def _checked(pairs):
    if len(pairs) > MOST_PARAMETERS:
        raise Refusal(Outcome.MALFORMED, "Too many parameters")
    for name, value in pairs:
        if len(name) > 40 or len(value) > LONGEST_VALUE:
            raise Refusal(Outcome.MALFORMED, "A parameter is too long")
        if _CONTROL.search(name) or _CONTROL.search(value):
            raise Refusal(Outcome.MALFORMED, "Control characters are not taken")
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise Refusal(Outcome.MALFORMED, "A parameter is given twice")
    return parameters
