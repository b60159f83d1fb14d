# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people are told about errors of the pure package, in their language."""


def file_error_text(env, error):
    """Return why a file is quarantined and what to do, for a ``FileError``."""

    texts = {
        "empty": env._("The file is empty. Ask the provider to send it again."),
        "too_large": env._(
            "The file holds more than %(limit)s bytes. Ask the provider to split it."
        ),
        "content_removed": env._(
            "Its content was removed on %(day)s, when its retention was over."
        ),
        "gzip_truncated": env._(
            "The compressed file breaks off after %(size)s bytes. Ask the provider to"
            " send it again."
        ),
        "gzip_corrupt": env._(
            "The compressed file is damaged (%(problem)s). Ask the provider to send it"
            " again."
        ),
        "gzip_ratio": env._(
            "The file unpacks to more than %(limit)s times its size: this is no usage"
            " file."
        ),
        "zip_corrupt": env._(
            "The archive is damaged (%(problem)s). Ask the provider to send it again."
        ),
        "zip_ratio": env._(
            "The archive unpacks to more than %(limit)s times its size: this is no"
            " usage file."
        ),
        "zip_too_many": env._(
            "The archive holds more than %(limit)s files. Ask the provider to split it."
        ),
        "zip_member_name": env._(
            "The archive holds a file of an unsafe name: %(name)s. Ask the provider to"
            " pack plain file names."
        ),
        "zip_member_twice": env._(
            "The archive holds two files of the name %(name)s. Ask the provider which"
            " one counts."
        ),
        "zip_member_missing": env._(
            "The sheet lacks its part %(name)s: it is no XLSX file, or a damaged one."
        ),
        "zip_encrypted": env._(
            "%(name)s is encrypted. Ask the provider to send it without a password."
        ),
        "zip_method": env._(
            "%(name)s is packed by a method other than Deflate. Ask the provider to"
            " pack it as usual."
        ),
        "zip_nested": env._(
            "%(name)s is an archive inside an archive. Unpack it and import what it"
            " holds."
        ),
        "zip_empty": env._(
            "The archive holds no file. Ask the provider to send it again."
        ),
        "xlsx_corrupt": env._(
            "The sheet is damaged (%(problem)s). Save it again as XLSX, or ask the"
            " provider to send it again."
        ),
        "xlsx_sheet": env._(
            "There is no sheet %(name)s; the file has %(names)s. Name one of them in"
            " the format."
        ),
        "xlsx_too_many_texts": env._(
            "The sheet holds more than %(limit)s texts. Ask the provider to split it."
        ),
        "xml_broken": env._(
            "Line %(line)s is no well-formed XML (%(problem)s). Ask the provider to"
            " send the file again."
        ),
        "xml_document_type": env._(
            "The file declares a document type, which no usage file needs and which can"
            " do harm. Ask the provider to leave it out."
        ),
        "xml_too_deep": env._(
            "Elements are nested deeper than %(limit)s: this is no usage file."
        ),
        "xml_token_too_long": env._(
            "A single tag is longer than %(limit)s bytes: this is no usage file."
        ),
        "no_records": env._(
            "There is no element %(names)s: the file is of another format, or the"
            " format names other elements."
        ),
        "no_last_newline": env._(
            "The last line does not end: the file breaks off. Ask the provider to send"
            " it again."
        ),
        "header_missing": env._(
            "The first line does not begin with %(marker)s: the header is missing, or"
            " the file is of another format."
        ),
        "column_header_missing": env._(
            "The first line does not name the columns: the file is of another format."
        ),
        "column_missing": env._(
            "There is no column %(column)s; the file has %(columns)s. Choose another"
            " format, or correct the sources of this one."
        ),
        "column_twice": env._(
            "The column %(column)s is there twice. Use its number as source instead of"
            " its name."
        ),
        "control_unreadable": env._(
            "Line %(line)s is a header or trailer whose %(field)s cannot be read:"
            " %(found)s instead of %(expected)s."
        ),
        "after_trailer": env._(
            "Line %(line)s follows the trailer. Ask the provider to send the file"
            " again."
        ),
        "trailer_missing": env._(
            "There is no trailer line beginning with %(marker)s: the file breaks off."
            " Ask the provider to send it again."
        ),
        "control_count": env._(
            "The trailer tells of %(declared)s records, the file holds %(found)s. Ask"
            " the provider to send it again."
        ),
        "control_quantity": env._(
            "The trailer's sum of quantities is %(declared)s, the lines add up to"
            " %(found)s. Ask the provider to send the file again."
        ),
        "control_cost": env._(
            "The trailer's sum of costs is %(declared)s, the lines add up to %(found)s."
            " Ask the provider to send the file again."
        ),
        "too_many_rejected": env._(
            "%(rejected)s of %(rows)s lines cannot be read; %(allowed)s are allowed."
            " The first one is line %(line)s: %(reason)s. Correct the format, or choose"
            " the right one, and load the file again."
        ),
        "rows_lost": env._(
            "%(rows)s lines were read and %(kept)s were kept: nothing was loaded."
            " Report this to your maintainers."
        ),
    }
    return texts[error.code] % {**error.values, **_named(env, error.values)}


def _named(env, values):
    """Return what is told by a code in an error's values as people call it."""
    label = env["telecom.usage.format.field"]._target_label(values.get("field"))
    reasons = env["telecom.usage.rejection"]._fields["reason"]
    reason = dict(reasons._description_selection(env)).get(values.get("reason"))
    parts = [reason, label, values.get("found"), values.get("expected")]
    return {"field": label, "reason": " · ".join(filter(None, parts))}


def spec_error_text(env, error):
    """Return what is wrong with a format and what to do, for a ``SpecError``."""

    texts = {
        "unknown_target": env._("it is no field of a usage event."),
        "value_type": env._("its type must be one of: %(allowed)s."),
        "no_source": env._("give it a source, or a default value."),
        "sum_of_text": env._("'%(source)s' adds up what is no number."),
        "empty_atom": env._("'%(source)s' lacks a name beside + or |."),
        "unknown_container": env._("'%(value)s' is no container."),
        "not_one_character": env._("'%(value)s' must be one character."),
        "unknown_key_field": env._("'%(value)s' is no field of a usage event."),
        "start_not_in_key": env._("an event's key needs started_at."),
        "unfit_separators": env._(
            "delimiter and quote must differ, and be no line break."
        ),
        "factor": env._("its factor is %(value)s; it must be more than 0."),
        "not_country_code": env._(
            "'%(value)s' is no country code: one to three digits such as 34."
        ),
        "number_length": env._(
            "%(value)s is no length of a national number such as 9."
        ),
        "not_digits": env._("'%(value)s' is no prefix of digits such as 00."),
        "no_marker": env._("give the text that such a line begins with."),
        "no_record_element": env._("give the name of the element that is a record."),
        "no_element": env._("'%(value)s' is no name of an XML element."),
        "elements_alike": env._(
            "header, record and trailer must be different elements."
        ),
        "start_halves": env._("give the date and the time, or both in one."),
        "target_missing": env._("an event cannot be without it: add it."),
        "target_not_here": env._("it does not belong in this kind of line."),
        "target_twice": env._("it is defined twice."),
        "unknown_meaning": env._("'%(value)s' is no value of it."),
        "bad_pattern": env._(
            "'%(value)s' is no pattern such as %%d/%%m/%%Y or %%H:%%M."
        ),
        "bad_map": env._("'%(value)s' is not written=meaning."),
        "not_a_column_number": env._("'%(value)s' is no column number (1, 2, 3...)."),
        "not_start_length": env._("'%(value)s' is not start:length, such as 10:15."),
        "not_a_path": env._("'%(value)s' is no dotted path, such as volume.uplink."),
    }
    return f"{error.target}: {texts[error.code] % error.values}"
