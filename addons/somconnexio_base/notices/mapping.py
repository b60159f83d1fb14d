# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a gateway's record says about its messages: placeholders, paths, words.

Placeholders are names in braces and nothing more: no attributes, no formats, so that a
text cannot reach anything but the values it is given.
"""

import re

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def placeholders(template):
    """Return the names in braces of a text, list or dictionary.

    >>> sorted(placeholders({"to": "{number}", "list": [{"text": "{text}!"}]}))
    ['number', 'text']
    """
    if isinstance(template, str):
        return set(PLACEHOLDER.findall(template))
    if isinstance(template, dict):
        template = [*template.keys(), *template.values()]
    if isinstance(template, list):
        return set().union(*map(placeholders, template))
    return set()


def fill(template, values):
    """Return a text, list or dictionary with its placeholders replaced.

    :param dict values: texts by name; names that it lacks stay as they are

    >>> fill({"to": "+{number}", "tags": ["{x}", 5]}, {"number": "34612345678"})
    {'to': '+34612345678', 'tags': ['{x}', 5]}
    """
    if isinstance(template, str):
        return PLACEHOLDER.sub(
            lambda match: str(values.get(match[1], match[0])), template
        )
    if isinstance(template, dict):
        return {key: fill(value, values) for key, value in template.items()}
    if isinstance(template, list):
        return [fill(value, values) for value in template]
    return template


def pick(data, path):
    """Return what is at a path such as ``messages.0.id`` of decoded JSON, or None.

    >>> pick({"messages": [{"id": "a1"}]}, "messages.0.id")
    'a1'
    >>> pick({"messages": []}, "messages.0.id") is None
    True
    """
    for step in path.split(".") if path else ():
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def reports(data, list_path, id_path, status_path):
    """Return the pairs (id, status) of a delivery report, one or many in a call.

    :raise ValueError: naming the path that the report lacks

    >>> reports({"id": 7, "status": "DELIVRD"}, "", "id", "status")
    [('7', 'DELIVRD')]
    """
    rows = pick(data, list_path) if list_path else [data]
    if not isinstance(rows, list):
        raise ValueError(f"no list of reports at “{list_path}”")
    return [(_required(row, id_path), _required(row, status_path)) for row in rows]


def _required(row, path):
    value = pick(row, path)
    if value is None or isinstance(value, (dict, list)):
        raise ValueError(f"nothing at “{path}” of the report")
    return str(value)
