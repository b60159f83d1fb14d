"""Odoo from its project's archive or git, both on this machine instead of the net."""

import subprocess
import tarfile

import pytest
from instance import source_archive
from instance.errors import SetupError
from instance.odoo_tree import SERIES
from instance.paths import Paths

RELEASE = "version_info = (19, 0, 0, 'final', 0, '')\n"


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "checkout")
    paths.make_folders()
    return paths


@pytest.fixture
def project(tmp_path):
    """A tree that looks like Odoo's."""
    folder = tmp_path / "odoo-19.0"
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo" / "release.py").write_text(RELEASE)
    (folder / "odoo-bin").touch()
    return folder


def serve(monkeypatch, archive):
    monkeypatch.setattr(source_archive, "ARCHIVE", archive.as_uri())


def test_the_archive_is_extracted_without_its_top_folder(
    monkeypatch, tmp_path, paths, project
):
    archive = tmp_path / "archive.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(project, project.name)
    serve(monkeypatch, archive)
    tree = source_archive.from_archive(paths)
    assert (tree.version, tree.library) == ("19.0.0", str(paths.odoo))


def test_a_damaged_archive_is_not_kept(monkeypatch, tmp_path, paths):
    archive = tmp_path / "archive.tar.gz"
    archive.write_bytes(b"half of something")
    serve(monkeypatch, archive)
    with pytest.raises(SetupError, match="The source archive is damaged"):
        source_archive.from_archive(paths)
    assert not list(paths.cache.glob("*.tar.gz"))


def test_an_archive_that_cannot_be_reached_is_one_sentence(
    monkeypatch, tmp_path, paths
):
    serve(monkeypatch, tmp_path / "nothing.tar.gz")
    with pytest.raises(SetupError, match="cannot be reached"):
        source_archive.from_archive(paths)


def test_the_branch_of_the_series_is_cloned(monkeypatch, paths, project):
    git = ["git", "-C", project, "-c", "user.name=t", "-c", "user.email=t@t.example"]
    for words in (
        ["init", "-q", "-b", SERIES],
        ["add", "."],
        ["commit", "-q", "-m", "Odoo"],
    ):
        subprocess.run([*git, *words], check=True)
    monkeypatch.setattr(source_archive, "PROJECT", project.as_uri())
    tree = source_archive.from_git(paths)
    assert (tree.source, tree.version) == ("git clone", "19.0.0")


def test_a_failed_clone_is_one_sentence_that_names_the_log(
    monkeypatch, tmp_path, paths
):
    monkeypatch.setattr(source_archive, "PROJECT", (tmp_path / "none").as_uri())
    with pytest.raises(SetupError, match=r"git could not clone .*git-clone\.log"):
        source_archive.from_git(paths)
