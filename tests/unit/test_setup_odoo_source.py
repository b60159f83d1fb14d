"""Where Odoo comes from: the order of sources, and one sentence for each failure."""

import pytest
from instance import debian_package, odoo_source, process
from instance.errors import SetupError
from instance.odoo_tree import OdooTree, link, recognise
from instance.paths import Paths

DEBIAN = "usr/lib/python3/dist-packages"


def make_tree(
    folder, library=".", command="odoo-bin", version="(19, 0, 0, FINAL, 0, '')"
):
    release = folder / library / "odoo" / "release.py"
    release.parent.mkdir(parents=True)
    release.write_text(f"FINAL = 'final'\nversion_info = {version}\n")
    (folder / command).parent.mkdir(parents=True, exist_ok=True)
    (folder / command).touch()
    return folder


def give(tree):
    return lambda paths: tree


def refuse(sentence):
    def fetch(paths):
        raise SetupError(sentence)

    return fetch


def test_the_sources_are_tried_in_the_stated_order():
    names = [name for name, _fetch in odoo_source.sources({})]
    assert names == ["Debian package", "source archive", "git clone"]


def test_odoo_home_is_the_only_source_when_it_is_set():
    names = [name for name, _fetch in odoo_source.sources({"ODOO_HOME": "/x"})]
    assert names == ["ODOO_HOME"]


def test_a_failing_source_gives_one_sentence_and_the_next_is_tried(tmp_path, capsys):
    tree = OdooTree("second", "/f", "/l", "/c", "19.0.0")
    tried = [("first", refuse("It is offline.")), ("second", give(tree))]
    assert odoo_source.first_that_works(tried, Paths(tmp_path)) is tree
    assert capsys.readouterr().out.splitlines() == ["  Odoo from first: It is offline."]


def test_when_all_fail_every_reason_and_a_remedy_are_told(tmp_path):
    tried = [("first", refuse("It is offline.")), ("second", refuse("No git."))]
    with pytest.raises(SetupError) as caught:
        odoo_source.first_that_works(tried, Paths(tmp_path))
    assert "first: It is offline. second: No git." in caught.value.problem
    assert "ODOO_HOME" in caught.value.remedy


@pytest.mark.parametrize(
    ("library", "command"), [(".", "odoo-bin"), (DEBIAN, "usr/bin/odoo")]
)
def test_a_tree_is_recognised_in_both_layouts(tmp_path, library, command):
    tree = recognise(make_tree(tmp_path, library, command), "ODOO_HOME")
    assert (tree.version, tree.source) == ("19.0.0", "ODOO_HOME")
    assert tree.library == str((tmp_path / library).resolve())


def test_another_series_is_refused_by_name(tmp_path):
    make_tree(tmp_path, version="(18, 0, 0, FINAL, 0, '')")
    with pytest.raises(SetupError, match=r"holds Odoo 18\.0\.0, and 19\.0 is needed"):
        recognise(tmp_path, "ODOO_HOME")


def test_a_folder_without_odoo_is_refused(tmp_path):
    with pytest.raises(SetupError, match="holds no Odoo source tree"):
        odoo_source.from_home(str(tmp_path))


def test_the_stamp_remembers_the_tree_while_it_is_there(tmp_path):
    tree = recognise(make_tree(tmp_path / "odoo"), "git clone", "19.0-20261101")
    stamp = tmp_path / "stamp.json"
    tree.save(stamp)
    assert OdooTree.load(stamp) == tree
    (tmp_path / "odoo" / "odoo-bin").unlink()
    assert OdooTree.load(stamp) is None


def test_a_broken_stamp_counts_as_none(tmp_path):
    stamp = tmp_path / "stamp.json"
    stamp.write_text("{")
    assert OdooTree.load(stamp) is None


def test_the_link_makes_odoo_importable_and_visible_to_pip(tmp_path):
    tree = recognise(make_tree(tmp_path / "odoo"), "ODOO_HOME")
    site_packages = tmp_path / "site"
    site_packages.mkdir()
    link(tree, site_packages)
    assert (site_packages / "odoo-source.pth").read_text().strip() == tree.library
    metadata = (site_packages / "odoo-19.0.dist-info" / "METADATA").read_text()
    assert "Name: odoo\nVersion: 19.0\n" in metadata


def test_the_mirror_is_debians_own_archive_and_not_another_repository():
    uris = [
        "http://mirror.example/debian-security/",
        "http://packages.example/node",
        "http://mirror.example/archive/debian/20250520T000000Z/",
        "http://mirror.example/debian/",
        "http://mirror.example/debian/",
    ]
    assert debian_package.mirrors(uris) == [
        "http://mirror.example/debian",
        "http://mirror.example/archive/debian/20250520T000000Z",
    ]


def test_repositories_are_read_where_apt_was_never_updated(monkeypatch):
    planned = "'http://m.example/debian/dists/stable/InRelease' m_InRelease 0 \n"

    def output(args, **_options):
        return planned if "--print-uris" in args else ""

    monkeypatch.setattr(process, "output", output)
    assert debian_package.machine_repositories() == ["http://m.example/debian"]


def test_a_machine_without_apt_is_told_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(debian_package.shutil, "which", lambda name: None)
    with pytest.raises(SetupError, match="This machine has no apt-get"):
        debian_package.fetch(Paths(tmp_path))


def test_the_cache_counts_only_when_it_is_whole(tmp_path):
    for name in (debian_package.PACKAGE, *debian_package.ASSETS[:-1]):
        (tmp_path / f"{name}_1.0_all.deb").touch()
    assert debian_package.cached(tmp_path) == []
    (tmp_path / f"{debian_package.ASSETS[-1]}_1.0_all.deb").touch()
    assert len(debian_package.cached(tmp_path)) == 1 + len(debian_package.ASSETS)
