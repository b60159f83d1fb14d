"""odoo.conf and the choice of ports."""

import configparser
import socket
from xml.etree import ElementTree

import pytest
from instance import config
from instance.paths import CHECKOUT
from instance.server import Server


def sections(tmp_path):
    server = Server("/run/pg", 5432, "odoo", embedded=True)
    return config.instance_sections(tmp_path / "addons", tmp_path, server, 8070)


def test_a_port_that_is_taken_is_passed_over():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert config.free_port(port) > port


def test_a_free_port_is_taken_as_it_is():
    port = config._any_port()
    assert config.free_port(port) == port


def test_some_port_is_found_when_the_wanted_ones_are_taken():
    assert config.free_port(8069, tries=0) > 0


def test_the_configuration_reads_back_as_odoo_reads_it(tmp_path):
    path = tmp_path / "odoo.conf"
    config.write(path, sections(tmp_path))
    parser = configparser.RawConfigParser()
    parser.read(path)
    assert parser["options"]["addons_path"] == str(tmp_path / "addons")
    assert parser["options"]["http_port"] == "8070"
    assert parser["options"]["list_db"] == "False"
    assert "queue_job" in parser["options"]["server_wide_modules"].split(",")
    assert parser["queue_job"]["channels"] == "root:2"


def test_the_configuration_is_its_owners_alone(tmp_path):
    path = tmp_path / "odoo.conf"
    config.write(path, sections(tmp_path))
    assert path.stat().st_mode & 0o077 == 0


@pytest.fixture
def production():
    parser = configparser.RawConfigParser()
    parser.read(CHECKOUT / "setup" / "odoo.conf.example")
    return parser


def test_the_production_example_runs_the_jobs(production):
    modules = production["options"]["server_wide_modules"].split(",")
    assert "queue_job" in modules


@pytest.mark.parametrize("name", ["odoo.conf.example", "docker/odoo.conf"])
def test_each_channel_of_jobs_has_its_limit_in_production(name):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CHECKOUT / "setup" / name, encoding="utf-8")
    limits = parser["queue_job"]["channels"].split(",")
    first, *others = [limit.split(":")[0] for limit in limits]
    assert first == "root"
    assert sorted(others) == sorted(f"root.{name}" for name in _channels())


def _channels():
    """Return the names of the channels that the addons bring."""
    return [
        record.findtext("field[@name='name']")
        for path in CHECKOUT.glob("addons/*/data/**/*.xml")
        for record in ElementTree.parse(path).iter("record")
        if record.get("model") == "queue.job.channel"
    ]


def test_jobs_never_take_all_workers_from_people(production):
    jobs = int(production["queue_job"]["channels"].split(",")[0].split(":")[1])
    assert production["options"].getint("workers") >= jobs + 2
