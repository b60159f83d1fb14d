# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Hostile and broken files are boring: a rejected line, or a file in quarantine."""

import gzip
import io
import json
import resource
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st
from mediation.decode import FileDecoder
from mediation.record import Rejection, UsageRecord
from mediation_sample import (
    ONE_CALL,
    WHOLESALE_HEADER,
    WINDOW,
    all_rejections_allowed,
    decode,
    decode_wholesale,
    fixed_file,
    shipped_spec,
    wholesale_file,
    wholesale_line,
)

from odoo.addons.somconnexio_base.file_reading import limits
from odoo.addons.somconnexio_base.file_reading.errors import FileError
from odoo.addons.somconnexio_base.file_reading.lines import LineReader
from odoo.addons.somconnexio_base.file_reading.stream import (
    CappedStream,
    compress,
    fingerprint,
)

MEGABYTE = 1024 * 1024
ROAMING_LINE = json.dumps(
    {
        "type": "DATA",
        "msisdn": "+34612345678",
        "start": "2026-10-03T10:22:33Z",
        "volume": {"uplink": 1, "downlink": 2},
    }
)


class Endless(io.RawIOBase):
    """A file of so many megabytes of one byte, without holding them."""

    def __init__(self, byte, megabytes):
        self.left = megabytes * MEGABYTE
        self.byte = byte

    def read(self, count=-1):
        count = min(count, self.left)
        self.left -= count
        return self.byte * count

    def seek(self, position, whence=0):
        self.left += 2
        return 0


def peak_megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cuts(content):
    """Return the content cut at every 64th of its length."""
    return [content[: len(content) * part // 64] for part in range(64)]


def test_fixed_width_file_cut_anywhere_is_quarantined():
    spec = shipped_spec("fixed_carrier")
    for content in cuts(fixed_file([ONE_CALL] * 50)):
        with pytest.raises(FileError):
            decode(content, spec)


def test_gzip_file_cut_anywhere_is_quarantined():
    lines = "".join(f"{ROAMING_LINE} \n" for _number in range(200))
    spec = shipped_spec("data_roaming")
    for content in cuts(gzip.compress(lines.encode())):
        with pytest.raises(FileError):
            decode(content, spec)


def test_delimited_file_cut_inside_a_line_is_quarantined():
    content = wholesale_file(*[wholesale_line()] * 30)
    spec = shipped_spec("mobile_wholesale")
    for cut in cuts(content):
        if not cut.endswith(b"\n"):
            with pytest.raises(FileError):
                decode(cut, spec)


def test_gzip_with_a_flipped_byte_is_quarantined():
    content = bytearray(gzip.compress(f"{ROAMING_LINE}\n".encode() * 50))
    content[len(content) // 2] ^= 0xFF
    with pytest.raises(FileError, match="gzip_"):
        decode(bytes(content), shipped_spec("data_roaming"))


def test_gzip_followed_by_other_bytes_is_quarantined():
    content = gzip.compress(f"{ROAMING_LINE}\n".encode()) + b"and more"
    with pytest.raises(FileError, match="gzip_corrupt"):
        decode(content, shipped_spec("data_roaming"))


def test_gzip_bomb_is_stopped_early_in_little_memory():
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as bomb:
        for _number in range(256):
            bomb.write(b"\0" * MEGABYTE)
    before = peak_megabytes()
    with pytest.raises(FileError, match="gzip_ratio"):
        fingerprint(io.BytesIO(packed.getvalue()))
    assert peak_megabytes() - before < 32


def test_file_beyond_the_cap_is_stopped():
    stream = CappedStream(io.BytesIO(b"x" * 1000), max_bytes=999)
    with pytest.raises(FileError, match="too_large"):
        stream.read(1000)


def test_one_huge_line_is_one_rejected_line_in_little_memory():
    before = peak_megabytes()
    stream = CappedStream(Endless(b"7", 200))
    ((number, text, fault),) = LineReader(stream, "ascii")
    assert (number, fault, len(text)) == (1, "structure", limits.MAX_SHOWN_LINE)
    assert peak_megabytes() - before < 32


@pytest.mark.parametrize(
    ("length", "fault"), [(65_536, None), (65_537, "structure"), (200_000, "structure")]
)
def test_line_longer_than_the_cap_is_rejected_and_the_next_one_read(length, fault):
    content = b"head\n" + b"x" * length + b"\ntail\n"
    lines = list(LineReader(CappedStream(io.BytesIO(content)), "ascii"))
    assert [(number, fault) for number, _text, fault in lines] == [
        (1, None),
        (2, fault),
        (3, None),
    ]


def test_line_of_many_columns_is_a_structure_fault():
    good, bad = decode_wholesale(wholesale_line(), ";" * 60_000)
    assert isinstance(good, UsageRecord)
    assert bad.reason == "structure"
    assert len(bad.raw_line) == limits.MAX_SHOWN_LINE


def test_nul_byte_rejects_its_line_only():
    good, bad = decode_wholesale(wholesale_line(), wholesale_line(DESTINO="6\x001"))
    assert isinstance(good, UsageRecord)
    assert bad.reason == "encoding"
    assert "\0" not in bad.raw_line


def test_bytes_outside_the_encoding_reject_their_line_only():
    spec = all_rejections_allowed(shipped_spec("data_roaming"))
    content = f"{ROAMING_LINE}\n".encode() * 3
    content = content.replace(b'"DATA"', b'"D\xf1TA"', 1)
    first, *others = decode(content, spec)
    assert (first.reason, first.expected) == ("encoding", "utf-8")
    assert all(isinstance(row, UsageRecord) for row in others)


def test_file_in_utf_16_is_quarantined():
    content = wholesale_file(wholesale_line()).decode("iso-8859-15").encode("utf-16")
    with pytest.raises(FileError):
        decode(content, shipped_spec("mobile_wholesale"))


def test_byte_order_mark_is_no_part_of_the_first_line():
    content = b"\xef\xbb\xbf" + f"{ROAMING_LINE}\n".encode()
    (row,) = decode(content, shipped_spec("data_roaming"))
    assert isinstance(row, UsageRecord)


def test_ends_of_line_may_be_mixed_and_empty_lines_are_no_rows():
    line = wholesale_line()
    content = f"{WHOLESALE_HEADER}\r\n{line}\n\r\n\n{line}\r\n".encode("iso-8859-15")
    rows = decode(content, shipped_spec("mobile_wholesale"))
    assert [row.line_number for row in rows] == [2, 5]
    assert rows[1].raw_line == line


def test_last_line_without_end_is_taken_for_truncated():
    content = wholesale_file(wholesale_line())[:-1]
    with pytest.raises(FileError, match="no_last_newline"):
        decode(content, shipped_spec("mobile_wholesale"))
    lenient = shipped_spec("mobile_wholesale", is_newline_terminated=False)
    assert len(decode(content, lenient)) == 1


def test_empty_file_is_quarantined_and_an_empty_gzip_is_a_day_without_usage():
    with pytest.raises(FileError, match="empty"):
        decode(b"", shipped_spec("data_roaming"))
    assert decode(gzip.compress(b""), shipped_spec("data_roaming")) == []


def test_file_of_garbage_is_given_up_early(monkeypatch):
    monkeypatch.setattr("mediation.decode.GARBAGE_LINES", 100)
    spec = shipped_spec("mobile_wholesale")
    content = wholesale_file(*["garbage"] * 1000)
    rows = iter(FileDecoder(spec, CappedStream(io.BytesIO(content)), WINDOW))
    taken = []
    with pytest.raises(FileError, match="too_many_rejected"):
        taken.extend(rows)
    assert len(taken) <= 101


def test_formulas_are_kept_as_they_came():
    row = decode_wholesale(wholesale_line(ID_REGISTRO="=cmd|' /C calc'!A0"))[0]
    assert row.external_id == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("size", [0, 1, 70_000, 300_000])
def test_fingerprint_is_of_the_uncompressed_bytes(size):
    content = bytes(number % 251 for number in range(size))
    assert fingerprint(io.BytesIO(content)) == fingerprint(
        io.BytesIO(gzip.compress(content))
    )


def test_compressing_keeps_the_bytes_and_gives_the_same_file_each_time():
    first, second = io.BytesIO(), io.BytesIO()
    compress(io.BytesIO(b"abc"), first)
    compress(io.BytesIO(b"abc"), second)
    assert gzip.decompress(first.getvalue()) == b"abc"
    assert first.getvalue() == second.getvalue()


def test_compressing_a_gzip_leaves_it_alone():
    packed = gzip.compress(b"abc", mtime=7)
    target = io.BytesIO()
    compress(io.BytesIO(packed), target)
    assert target.getvalue() == packed


lines_of_anything = st.lists(
    st.one_of(
        st.binary(max_size=200),
        st.builds(
            lambda values: wholesale_line(**values).encode("iso-8859-15", "replace"),
            st.dictionaries(
                st.sampled_from(WHOLESALE_HEADER.split(";")), st.text(max_size=12)
            ),
        ),
    ),
    max_size=20,
)


@pytest.mark.parametrize("code", ["mobile_wholesale", "fixed_carrier", "data_roaming"])
@settings(max_examples=60, deadline=None)
@given(lines=lines_of_anything)
def test_any_bytes_give_one_row_per_line(code, lines):
    spec = all_rejections_allowed(
        replace(shipped_spec(code), header_marker="", header_fields=())
    )
    spec = replace(spec, trailer_marker="", trailer_fields=(), record_marker="")
    head = f"{WHOLESALE_HEADER}\n".encode() if spec.has_column_header else b""
    body = b"".join(line + b"\n" for line in (b"first", *lines))
    rows = decode(head + body, spec)
    expected = sum(bool(line.removesuffix(b"\r")) for line in body.split(b"\n"))
    assert len(rows) == expected
    assert all(isinstance(row, (UsageRecord, Rejection)) for row in rows)
    assert [row.line_number for row in rows] == sorted({r.line_number for r in rows})
