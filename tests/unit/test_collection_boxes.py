# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Files come whole, once, and from nowhere else than agreed."""

import io
import os
from contextlib import closing

import paramiko
import pytest
from collection.errors import BoxError, FetchError
from collection.folder import FolderBox
from collection.remote_file import RemoteFile
from collection.sftp import CHUNK_BYTES, SftpBox
from sftp_server import PASSWORD, USER, sftp_server

CONTENT = b"0123456789abcdef" * 70_000


def put(folder, name, content=b"content", modified=1_000):
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (modified, modified))
    return path


@pytest.fixture
def root(tmp_path):
    (tmp_path / "root" / "inbox").mkdir(parents=True)
    return tmp_path / "root"


@pytest.fixture
def inbox(root):
    return root / "inbox"


@pytest.fixture
def server(tmp_path):
    with sftp_server(tmp_path / "served") as server:
        yield server


def connect(server, **changes):
    options = {
        "host": "127.0.0.1",
        "port": server.port,
        "host_key": server.known_key,
        "user": USER,
        "directory": "/",
        "password": PASSWORD,
        **changes,
    }
    return SftpBox(**options)


@pytest.mark.parametrize(
    ("name", "age", "is_complete"),
    [
        ("a.csv", 60, True),
        ("a.csv", 59, False),
        ("a.csv.part", 999, False),
        ("A.CSV.FilePart", 999, False),
        (".a.csv", 999, False),
        ("~a.csv", 999, False),
    ],
)
def test_file_that_is_still_written_is_told_by_age_and_name(name, age, is_complete):
    assert RemoteFile(name, 1, 1_000).is_complete(1_000 + age, 60) is is_complete


def test_part_of_a_file_that_changed_is_not_taken_for_it():
    names = {
        RemoteFile("a", 1, 1).part_name,
        RemoteFile("a", 2, 1).part_name,
        RemoteFile("a", 1, 2).part_name,
        RemoteFile("b", 1, 1).part_name,
    }
    assert len(names) == 4


def test_folder_lists_files_and_neither_links_nor_folders(root, inbox):
    put(inbox, "b.csv")
    put(inbox, "a.csv")
    (inbox / "folder").mkdir()
    (inbox / "link.csv").symlink_to("/etc/hostname")
    assert [file.name for file in FolderBox(root, "inbox").listing()] == [
        "a.csv",
        "b.csv",
    ]


@pytest.mark.parametrize("folder", ["..", "../..", "inbox/../..", "/etc"])
def test_folder_outside_the_allowed_one_is_refused(root, folder):
    with pytest.raises(BoxError, match="folder_outside"):
        FolderBox(root, folder)


def test_link_that_leads_out_of_the_allowed_folder_is_refused(root, tmp_path):
    (root / "out").symlink_to(tmp_path)
    with pytest.raises(BoxError, match="folder_outside"):
        FolderBox(root, "out")


def test_folder_that_is_not_there_is_refused(root):
    with pytest.raises(BoxError, match="folder_missing"):
        FolderBox(root, "nothing")


def test_folder_gives_the_bytes_and_moves_the_file_away(root, inbox, tmp_path):
    put(inbox, "a.csv", CONTENT)
    box = FolderBox(root, "inbox")
    [file] = box.listing()
    box.fetch(file, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT
    box.put_aside(file)
    assert box.listing() == []
    assert (inbox / "done" / "a.csv").read_bytes() == CONTENT


def test_file_of_the_same_name_does_not_replace_the_one_before(root, inbox):
    box = FolderBox(root, "inbox")
    for number in (1, 2):
        put(inbox, "a.csv", b"%d" % number, modified=number)
        box.put_aside(box.listing()[0])
    done = {path.name: path.read_bytes() for path in (inbox / "done").iterdir()}
    assert done == {"a.csv": b"1", "a.csv.2": b"2"}


def test_folder_done_that_leads_elsewhere_gets_nothing(root, inbox, tmp_path):
    put(inbox, "a.csv")
    (inbox / "done").symlink_to(tmp_path)
    box = FolderBox(root, "inbox")
    with pytest.raises(FetchError, match="unreadable"):
        box.put_aside(box.listing()[0])
    assert (inbox / "a.csv").exists()


def test_file_that_changed_since_it_was_listed_is_not_taken(root, inbox, tmp_path):
    put(inbox, "a.csv")
    box = FolderBox(root, "inbox")
    [file] = box.listing()
    put(inbox, "a.csv", b"more content")
    with pytest.raises(FetchError, match="changed"):
        box.fetch(file, tmp_path / "copy")


def test_file_that_became_a_link_is_not_followed(root, inbox, tmp_path):
    path = put(inbox, "a.csv")
    box = FolderBox(root, "inbox")
    [file] = box.listing()
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(FetchError, match="unreadable"):
        box.fetch(file, tmp_path / "copy")


def test_server_gives_the_bytes_to_a_password(server, tmp_path):
    put(server.folder, "a.csv", CONTENT)
    (server.folder / "folder").mkdir()
    with closing(connect(server)) as box:
        [file] = box.listing()
        assert file == RemoteFile("a.csv", len(CONTENT), 1_000)
        box.fetch(file, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT


def test_server_gives_its_listing_to_a_private_key(server):
    text = io.StringIO()
    server.user_key.write_private_key(text)
    put(server.folder, "a.csv")
    options = {"password": None, "private_key": text.getvalue()}
    with closing(connect(server, **options)) as box:
        assert len(box.listing()) == 1


def test_server_with_another_host_key_gets_no_login(server):
    other = paramiko.ECDSAKey.generate()
    known = f"{other.get_name()} {other.get_base64()}"
    with pytest.raises(BoxError, match="host_key_differs"):
        connect(server, host_key=known)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "wrong"}, "login_refused"),
        ({"host_key": "nonsense"}, "bad_host_key"),
        ({"host_key": "ssh-rsa !!!"}, "bad_host_key"),
        ({"private_key": "nonsense"}, "bad_private_key"),
        ({"port": 1}, "no_connection"),
    ],
)
def test_connection_that_cannot_be_made_says_why(server, changes, code):
    with pytest.raises(BoxError) as caught:
        connect(server, **changes)
    assert caught.value.code == code


def test_directory_that_is_not_there_is_told(server):
    with closing(connect(server, directory="/nothing")) as box:
        with pytest.raises(BoxError, match="directory_missing"):
            box.listing()


def test_broken_transfer_goes_on_where_it_ended(server, tmp_path):
    put(server.folder, "a.csv", CONTENT)
    target = tmp_path / "a.part"
    server.break_after = 2 * CHUNK_BYTES
    with closing(connect(server)) as box:
        [file] = box.listing()
        with pytest.raises(FetchError, match="unreadable"):
            box.fetch(file, target)
    fetched = target.stat().st_size
    assert 0 < fetched < len(CONTENT)
    server.break_after = None
    server.reads.clear()
    with closing(connect(server)) as box:
        box.fetch(file, target)
    assert min(server.reads) >= fetched
    assert target.read_bytes() == CONTENT


def test_file_that_changed_on_the_server_is_not_taken(server, tmp_path):
    put(server.folder, "a.csv")
    with closing(connect(server)) as box:
        [file] = box.listing()
        put(server.folder, "a.csv", b"something longer", modified=2_000)
        with pytest.raises(FetchError, match="changed"):
            box.fetch(file, tmp_path / "copy")


@pytest.mark.parametrize(
    ("after", "left"),
    [
        ("leave", {"a.csv"}),
        ("move", {"done"}),
        ("delete", set()),
    ],
)
def test_file_that_was_taken_is_dealt_with_as_agreed(server, after, left):
    put(server.folder, "a.csv")
    with closing(connect(server, after=after)) as box:
        box.put_aside(box.listing()[0])
    assert {path.name for path in server.folder.iterdir()} == left
