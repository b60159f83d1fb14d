# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import io
import zipfile

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged

from .mediation_common import NOW, UsageCommon, wholesale_bytes, wholesale_line


@tagged("post_install", "-at_install")
class TestUpload(HttpCase, UsageCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env, "upload_manager", "somconnexio_base.group_telecom_billing_manager"
        )
        cls.source = cls.env["telecom.usage.source"].create(
            {
                "name": "Upload",
                "kind": "upload",
                "user_id": cls.manager.id,
                "company_id": cls.company.id,
                "is_load_wanted": False,
                "max_upload_megabytes": 1,
            }
        )
        cls.token = cls.source.action_make_token()["params"]["message"]
        cls.content = wholesale_bytes(wholesale_line())

    def _post(self, content=None, name="MW_CDR_1.csv", token=None, **headers):
        content = self.content if content is None else content
        return self.url_open(
            "/telecom/usage/upload",
            files={"file": (name, content)},
            headers={"Authorization": f"Bearer {token or self.token}", **headers},
        )

    def test_file_comes_in_by_the_rights_of_the_responsible(self):
        answer = self._post()
        self.assertEqual(answer.status_code, 201, answer.text)
        file = self.File.browse(answer.json()["id"])
        self.assertEqual((file.state, file.source_id), ("received", self.source))
        self.assertEqual(file.create_uid, self.manager)
        self.assertEqual(file.content_sha256, answer.json()["sha256"])
        with freeze_time(NOW):
            file.sudo().received_at = NOW
            file.load_usage()
        self.assertEqual(file.event_count, 1)

    def test_same_content_again_is_told_and_not_kept_twice(self):
        first = self._post()
        again = self._post(name="MW_CDR_2.csv")
        self.assertEqual(again.status_code, 409)
        self.assertEqual(again.json(), first.json())
        self.assertEqual(len(self.source.file_ids), 1)

    def test_archive_brings_each_of_its_files_and_tells_them(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as target:
            target.writestr("MW_CDR_1.csv", self.content)
            line = wholesale_line(HORA="11:00:00")
            target.writestr("MW_CDR_2.csv", wholesale_bytes(line))
        answer = self._post(archive.getvalue(), name="MW_CDR_october.zip")
        self.assertEqual(answer.status_code, 201, answer.text)
        told = [file["name"] for file in answer.json()["files"]]
        self.assertEqual(told, ["MW_CDR_1.csv", "MW_CDR_2.csv"])
        self.assertEqual(len(self.source.file_ids), 2)

    def test_wrong_or_missing_token_gets_nothing(self):
        for headers in (
            {"Authorization": "Bearer wrong"},
            {"Authorization": ""},
            {"Authorization": f"Basic {self.token}"},
            {"Authorization": "Bearer "},
        ):
            with self.subTest(headers):
                answer = self._post(**headers)
                self.assertEqual(answer.status_code, 401)
                self.assertEqual(answer.headers["WWW-Authenticate"][:6], "Bearer")
        self.assertFalse(self.source.file_ids)

    def test_new_token_ends_the_one_before(self):
        token = self.source.action_make_token()["params"]["message"]
        self.assertNotIn(token, (self.source.token_hash, self.source.token_hint))
        self.assertEqual(self._post().status_code, 401)
        self.assertEqual(self._post(token=token).status_code, 201)

    def test_token_of_a_source_that_is_archived_opens_nothing(self):
        self.source.active = False
        self.assertEqual(self._post().status_code, 401)

    def test_responsible_who_has_left_lets_nothing_in(self):
        self.manager.active = False
        self.assertEqual(self._post().status_code, 403)
        self.assertFalse(self.source.file_ids)

    def test_file_above_the_limit_is_refused_before_it_is_read(self):
        answer = self._post(b"x" * ((1 << 20) + 70_000))
        self.assertEqual(answer.status_code, 413)

    def test_name_that_fits_no_format_is_refused_with_the_reason(self):
        answer = self._post(name="unknown.dat")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("format", answer.json()["error"])
        self.assertFalse(self.source.file_ids)

    def test_form_without_a_proper_file_is_refused(self):
        for name in (".hidden", "a/b", "x" * 201):
            with self.subTest(name):
                self.assertEqual(self._post(name=name).status_code, 400)
        answer = self.url_open(
            "/telecom/usage/upload",
            data={"file": "text"},
            headers={"Authorization": f"Bearer {self.token}"},
        )
        self.assertEqual(answer.status_code, 400)

    def test_large_file_is_not_held_in_memory(self):
        lines = [
            wholesale_line(HORA=f"10:{n // 60:02}:{n % 60:02}") for n in range(3600)
        ] * 3
        content = wholesale_bytes(*lines)
        self.assertGreater(len(content), 600_000)
        self.assertEqual(self._post(content).status_code, 201)
        self.assertEqual(self.source.file_ids.size_bytes, len(content))

    def test_body_without_length_is_refused(self):
        answer = self.url_open(
            "/telecom/usage/upload",
            data=iter([b"x"]),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "multipart/form-data; boundary=x",
            },
        )
        self.assertEqual(answer.status_code, 411)
