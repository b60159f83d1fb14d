# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bytes of the three layouts."""

import gzip
import json
import re
from datetime import timedelta

from usage_generator_sample import MONTH, sample_files, sample_truth

CARRIER_DETAIL = re.compile(
    r"D\d{8}34[89]\d{8} {4}(?:\d+) *2026\d{4}\d{6}\d{7}\d{10}(?:NA|IN|MO|SP)[OI] {12}"
)
WHOLESALE_DETAIL = re.compile(
    r"\d{17};(?:VOZ|SMS|MMS);[SE];[67]\d{8};\d{3,17};\d\d/\d\d/2026;\d\d:\d\d:\d\d;"
    r"\d+;\d+,\d{4};[^;]+"
)


def harmless_lines(pattern):
    """Yield the detail lines, as bytes, that no defect has touched."""
    broken = {
        (row["file"], int(row["line"]))
        for row in sample_truth()
        if row["outcome"] == "rejected" or row["defect"] == "mojibake"
    }
    details = {(row["file"], int(row["line"])) for row in sample_truth()}
    for path in sample_files(pattern):
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                if (path.name, number) in details - broken:
                    yield line


def test_wholesale_files_are_one_a_day_with_numbers_in_sequence():
    names = [path.name for path in sample_files("MW_*")]
    days = [MONTH + timedelta(days=number) for number in range(31)]
    assert names == [
        f"MW_CDR_{day:%Y%m%d}_{271 + number:04d}.csv" for number, day in enumerate(days)
    ]


def test_wholesale_file_begins_with_its_columns():
    for path in sample_files("MW_*"):
        first = path.read_bytes().split(b"\n")[0]
        assert first == (
            b"ID_REGISTRO;TIPO;SENTIDO;ORIGEN;DESTINO;FECHA;HORA;CANTIDAD;COSTE;"
            b"DESCRIPCION"
        )


def test_wholesale_details_have_their_layout_in_latin_9():
    lines = list(harmless_lines("MW_*"))
    assert len(lines) > 5_000
    for line in lines:
        text = line.decode("iso-8859-15")
        assert WHOLESALE_DETAIL.fullmatch(text.removesuffix("\n")), text


def test_wholesale_descriptions_have_accents():
    text = "".join(line.decode("iso-8859-15") for line in harmless_lines("MW_*"))
    assert "Móvil España" in text


def test_carrier_files_are_weekly_with_numbers_in_sequence():
    names = [path.name for path in sample_files("FIX_*")]
    assert names == [
        "FIX_20261004_001043.txt",
        "FIX_20261011_001044.txt",
        "FIX_20261018_001045.txt",
        "FIX_20261025_001046.txt",
        "FIX_20261031_001047.txt",
    ]


def test_carrier_lines_are_90_wide_and_end_in_crlf():
    lines = list(harmless_lines("FIX_*"))
    assert lines
    for line in lines:
        assert len(line) == 92
        assert line.endswith(b"\r\n")
        assert CARRIER_DETAIL.fullmatch(line.decode("ascii").removesuffix("\r\n")), line


def test_carrier_header_holds_the_number_of_the_file():
    for path in sample_files("FIX_*"):
        header = path.read_bytes().split(b"\r\n")[0].decode("ascii")
        assert len(header) == 90
        assert header[0] == "H"
        assert header[9:15] == path.stem[-6:]
        assert header[15:23] == path.stem[4:12]


def test_carrier_trailer_sums_up_the_details():
    for path in sample_files("FIX_*"):
        lines = path.read_bytes().removesuffix(b"\r\n").split(b"\r\n")
        details = [line for line in lines if line.startswith(b"D")]
        whole = [line for line in details if len(line) == 90]
        trailer = lines[-1].decode("ascii")
        assert len(trailer) == 90
        assert trailer[0] == "T"
        assert int(trailer[1:9]) == len(details) > 0
        assert int(trailer[9:21]) == sum(int(line[58:65]) for line in whole)
        assert int(trailer[21:35]) == sum(int(line[65:75]) for line in whole)


def test_carrier_details_are_numbered_without_gaps():
    for path in sample_files("FIX_*"):
        lines = path.read_bytes().split(b"\r\n")[1:-2]
        assert [int(line[1:9]) for line in lines] == list(range(1, len(lines) + 1))


def test_roaming_records_are_json_with_offset_and_volume_or_peer():
    rows = [json.loads(line) for line in harmless_lines("DR_*")]
    assert len(rows) > 3_000
    for row in rows:
        assert re.search(r"[+-]\d\d:\d\d$", row["start"])
        assert re.fullmatch(r"\d+\.\d{6}", row["cost"])
        if row["type"] == "DATA":
            assert row["volume"]["uplink"] + row["volume"]["downlink"] > 0
        else:
            assert row["peer"].startswith("+")
            assert row["direction"] in ("MO", "MT")


def test_roaming_voice_and_messages_are_always_abroad():
    for line in harmless_lines("DR_*"):
        row = json.loads(line)
        if row["type"] != "DATA":
            assert row["visited"]["country"] != "ES"


def test_clock_change_gives_the_repeated_hour_both_offsets():
    starts = [
        json.loads(line)["start"]
        for line in harmless_lines("DR_2026102*")
        if b'"country":' not in line or b'"ES"' in line
    ]
    offsets = {start[-6:] for start in starts if start.startswith("2026-10-25")}
    assert offsets == {"+01:00", "+02:00"}
