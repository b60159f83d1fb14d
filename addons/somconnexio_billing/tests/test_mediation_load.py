# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.mediation import usage_decoding, usage_load
from .mediation_common import NUMBER, UsageCommon, wholesale_bytes, wholesale_line


@tagged("post_install", "-at_install")
class TestLoad(UsageCommon):
    def test_call_of_a_held_number_is_guided_to_its_subscription(self):
        file = self._load(wholesale_line())
        event = self._events(file)
        self.assertEqual(file.state, "loaded")
        self.assertEqual(event.subscription_id, self.subscription)
        self.assertEqual((event.state, event.tmf_state), ("guided", "guided"))
        self.assertEqual(event.served_number, NUMBER)
        self.assertEqual(event.other_number, "34933334444")
        self.assertEqual(str(event.started_at), "2026-10-03 08:22:33")
        self.assertEqual(event.usage_type_id.code, "voice")
        self.assertEqual((event.quantity, event.display_quantity), (65, "1:05 min"))
        self.assertEqual(event.wholesale_cost, 0.0125)
        self.assertFalse(event.visited_country)

    def test_each_row_of_a_mixed_file_is_in_one_place_and_counted(self):
        file = self._load(
            wholesale_line(),
            wholesale_line(HORA="11:00:00", ORIGEN="600999999"),
            wholesale_line(ID_REGISTRO="2"),
            wholesale_line(CANTIDAD="12x"),
            wholesale_line(FECHA="03/10/2019"),
        )
        self.assertEqual(
            self._outcomes(file),
            {
                2: "guided",
                3: "unknown_number",
                4: "duplicate",
                5: "bad_value",
                6: "out_of_range",
            },
        )
        self.assertEqual(
            (
                file.row_count,
                file.event_count,
                file.suspended_count,
                file.duplicate_count,
                file.rejected_count,
            ),
            (5, 2, 1, 1, 2),
        )
        self._assert_conserved(file)

    def test_duplicate_in_a_file_tells_the_line_that_was_first(self):
        file = self._load(wholesale_line(), wholesale_line(ID_REGISTRO="2"))
        duplicate = file.rejection_ids
        self.assertEqual(duplicate.line_number, 3)
        self.assertEqual(duplicate.duplicate_file_id, file)
        self.assertEqual(duplicate.duplicate_line_number, 2)
        self.assertEqual(duplicate.raw_line, wholesale_line(ID_REGISTRO="2"))
        self.assertIn("line 2", duplicate.explanation)

    def test_duplicate_of_an_earlier_file_tells_that_file(self):
        first = self._load(wholesale_line())
        second = self._load(
            wholesale_line(ID_REGISTRO="2"), wholesale_line(HORA="11:00:00")
        )
        duplicate = second.rejection_ids
        self.assertEqual(duplicate.duplicate_file_id, first)
        self.assertEqual(duplicate.duplicate_line_number, 2)
        self.assertEqual(second.event_count, 1)

    def test_file_sent_again_with_another_line_adds_that_line_only(self):
        lines = [wholesale_line(HORA=f"10:00:{second:02}") for second in range(30)]
        self._load(*lines)
        again = self._load(*lines, wholesale_line(HORA="11:00:00"))
        self.assertEqual((again.duplicate_count, again.event_count), (30, 1))
        self._assert_conserved(again)

    def test_duplicate_in_another_batch_of_the_file_is_found(self):
        with patch.object(usage_decoding, "BATCH_ROWS", 2):
            file = self._load(
                wholesale_line(),
                wholesale_line(HORA="11:00:00"),
                wholesale_line(HORA="12:00:00"),
                wholesale_line(ID_REGISTRO="2"),
            )
        self.assertEqual(self._outcomes(file)[5], "duplicate")
        self._assert_conserved(file)

    def test_outcome_does_not_depend_on_the_size_of_batches(self):
        lines = [
            wholesale_line(HORA=f"10:00:{number % 40:02}", CANTIDAD=quantity)
            for number, quantity in enumerate(["60", "x", "61", "60"] * 15)
        ]
        whole = self._outcomes(self._load(*lines))
        self.Event.env.cr.execute("delete from telecom_usage_event")
        with patch.object(usage_decoding, "BATCH_ROWS", 7):
            parts = self._outcomes(self._load(*lines, wholesale_line(TIPO="FAX")))
        parts.pop(len(lines) + 2)
        self.assertEqual(parts, whole)

    def test_loading_a_loaded_file_changes_nothing(self):
        file = self._load(wholesale_line())
        events = self._events(file)
        file.load_usage()
        self.assertEqual(self._events(file), events)
        self.assertEqual(file.row_count, 1)

    def test_files_are_loaded_in_the_order_of_receipt(self):
        first = self._receive(wholesale_line())
        second = self._receive(wholesale_line(ID_REGISTRO="2"))
        (second | first).load_usage()
        self.assertEqual((first.event_count, second.event_count), (1, 0))
        self.assertEqual(second.duplicate_count, 1)

    def test_quarantined_file_leaves_nothing_but_its_reason(self):
        self.format.max_rejected_ratio = 0.1
        file = self._load(wholesale_line(), wholesale_line(CANTIDAD="x"))
        self.assertEqual(file.state, "quarantined")
        self.assertIn("1 of 2 lines", file.error_message)
        self.assertFalse(self._events(file))
        self.assertFalse(file.rejection_ids)
        self.assertFalse(file.row_count)

    def test_format_can_be_changed_until_the_file_is_loaded(self):
        waiting = self._receive(wholesale_line(HORA="11:00:00"))
        other = self.format.copy({"code": "copy", "file_name_pattern": False})
        waiting.format_id = other
        loaded = self._load(wholesale_line())
        loaded.format_id = self.format
        with self.assertRaisesRegex(UserError, "no longer be changed"):
            (waiting | loaded).format_id = other

    def test_quarantined_file_loads_after_the_format_was_corrected(self):
        self.format.max_rejected_ratio = 0.1
        file = self._load(wholesale_line(), wholesale_line(SENTIDO="OUT"))
        direction = self.format.field_ids.filtered(lambda f: f.target == "direction")
        direction.value_map += "\nOUT=outgoing"
        file.load_usage()
        self.assertEqual((file.state, file.error_message), ("loaded", False))
        self.assertEqual(file.duplicate_count, 1)

    def test_truncated_file_leaves_nothing(self):
        content = wholesale_bytes(*[wholesale_line()] * 5)[:-10]
        file = self.File.receive(content, "MW_CDR_20261003_0001.csv")
        file.load_usage()
        self.assertEqual(file.state, "quarantined")
        self.assertFalse(self._events(file))

    def test_crash_inside_the_load_leaves_nothing(self):
        file = self._receive(wholesale_line(), wholesale_line(CANTIDAD="x"))
        crash = patch.object(
            type(file), "_count_rows", side_effect=RuntimeError("power cut")
        )
        with self.assertRaises(RuntimeError), self.cr.savepoint(), crash:
            file.load_usage()
        self.assertEqual(file.state, "received")
        self.assertFalse(self._events(file))
        self.assertFalse(file.rejection_ids)
        file.load_usage()
        self.assertEqual((file.state, file.event_count), ("loaded", 1))

    def test_rows_that_got_lost_put_the_file_in_quarantine(self):
        file = self._receive(wholesale_line(), wholesale_line(CANTIDAD="x"))
        with patch.object(usage_load.UsageLoad, "_settle"):
            file.load_usage()
        self.assertEqual(file.state, "quarantined")
        self.assertIn("2 lines were read and 1 were kept", file.error_message)
        self.assertFalse(self._events(file))

    def test_format_that_cannot_work_is_refused_with_its_problem(self):
        file = self._receive(wholesale_line())
        self.format.field_ids.filtered(lambda f: f.target == "quantity").unlink()
        with self.assertRaisesRegex(UserError, "quantity"):
            file.load_usage()
        self.assertEqual(file.state, "received")

    def test_usage_of_the_oldest_month_allowed_finds_its_partition(self):
        file = self._load(wholesale_line(FECHA="03/11/2025"))
        self.assertEqual(self._outcomes(file), {2: "number_not_in_use"})

    def test_number_is_guided_to_who_held_it_at_that_instant(self):
        resource = self.subscription.assignment_ids.filtered(
            lambda a: a.kind_id == self.kind_msisdn
        ).resource_id
        first = self.subscription.assignment_ids.filtered(
            lambda a: a.resource_id == resource
        )
        first.write({"end_at": "2026-10-03 08:22:33"})
        heir = self._create_subscription(with_resources=False)
        self._assign(heir, resource, "2026-10-03 08:22:34")
        file = self._load(
            wholesale_line(HORA="10:22:32"),
            wholesale_line(HORA="10:22:33"),
            wholesale_line(HORA="10:22:34"),
        )
        events = self._events(file)
        self.assertEqual(events[0].subscription_id, self.subscription)
        self.assertEqual(events[1].reason, "number_not_in_use")
        self.assertEqual(events[2].subscription_id, heir)

    def test_number_of_another_company_is_unknown(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        self._create_resource(name="34699000456", company_id=other.id)
        file = self._load(wholesale_line(ORIGEN="699000456"))
        self.assertEqual(self._outcomes(file), {2: "unknown_number"})

    def test_same_usage_told_to_two_companies_is_two_events(self):
        first = self._load(wholesale_line())
        other = self.env["res.company"].create({"name": "Other cooperative"})
        second = self.File.with_company(other).receive(
            wholesale_bytes(wholesale_line()), first.name
        )
        second.load_usage()
        self.assertEqual((second.event_count, second.duplicate_count), (1, 0))

    def test_loading_many_rows_takes_as_many_statements_as_few(self):
        few = self._receive(*[wholesale_line(HORA=f"10:00:{n:02}") for n in range(2)])
        many = self._receive(*[wholesale_line(HORA=f"11:00:{n:02}") for n in range(59)])
        self.env.flush_all()
        before = self.cr.sql_log_count
        few.load_usage()
        of_few = self.cr.sql_log_count - before
        with self.assertQueryCount(of_few):
            many.load_usage()

    def test_button_loads_one_file_and_tells_what_came_of_it(self):
        file = self._receive(wholesale_line())
        told = file.action_load()["params"]
        self.assertEqual(told["type"], "success")
        self.assertIn("1 rows: 1 events", told["message"])

    def test_button_makes_a_job_for_each_of_several_files(self):
        files = self._receive(wholesale_line())
        files |= self._receive(wholesale_line(HORA="11:00:00"))
        Job = self.env["queue.job"]
        known = Job.search([])
        files.action_load()
        files.action_load()
        jobs = Job.search([]) - known
        self.assertEqual(len(jobs), 2)
        self.assertEqual(set(jobs.mapped("method_name")), {"_job_load"})
        self.assertEqual(set(jobs.mapped("channel")), {"root.telecom_usage"})


@tagged("post_install", "-at_install")
class TestControl(UsageCommon):
    @staticmethod
    def _fixed_bytes(sequence, count=1, hour=10):
        call = f"34931234567    612345678           20261003{hour}2233"
        lines = [
            f"HES0417FX{sequence:06}20261004233000",
            f"D00000001{call}00000650000000125NAO",
            f"T{count:08}{65:012}{125:014}",
        ]
        return "".join(line.ljust(90) + "\r\n" for line in lines).encode()

    def _fixed(self, sequence, **values):
        content = self._fixed_bytes(sequence, **values)
        file = self.File.receive(content, f"FIX_20261004_{sequence:06}.txt")
        file.load_usage()
        return file

    def test_trailer_that_agrees_is_noted_with_the_sequence_number(self):
        file = self._fixed(1043)
        self.assertEqual((file.state, file.sequence_number), ("loaded", 1043))
        self.assertEqual(file.control_message, "The trailer agrees with the lines.")

    def test_every_way_to_break_a_file_is_told_with_a_remedy(self):
        good = self._fixed_bytes(1043)
        header, record, trailer = good.splitlines(keepends=True)
        for content, told in (
            (b"", "is empty"),
            (b"\0" + good, "does not begin with H"),
            (record + trailer, "does not begin with H"),
            (header + record, "no trailer line"),
            (good + record, "Line 4 follows the trailer"),
            (good.replace(b"T00000001", b"T0000000X"), "Line 3 is a header or trailer"),
            (good.replace(b"00000065\x30", b"00000066\x30"), "sum of"),
            (good[:-2], "does not end"),
            (good.replace(b"34931234567", b"X4931234567"), "1 of 1 lines"),
        ):
            with self.subTest(told):
                file = self.File.receive(content, "FIX_20261004_001043.txt")
                file.load_usage()
                self.assertEqual(file.state, "quarantined")
                self.assertIn(told, file.error_message)

    def test_wholesale_file_of_another_layout_is_told_with_a_remedy(self):
        good = wholesale_bytes(wholesale_line())
        for content, told in (
            (b"\0" + good, "does not name the columns"),
            (good.replace(b"ORIGEN", b"LINEA"), "no column ORIGEN; the file has"),
            (good.replace(b"DESCRIPCION", b"ORIGEN"), "ORIGEN is there twice"),
        ):
            with self.subTest(told):
                file = self.File.receive(content, "MW_CDR_20261003_0001.csv")
                file.load_usage()
                self.assertIn(told, file.error_message)

    def test_trailer_that_lies_puts_the_file_in_quarantine(self):
        file = self._fixed(1043, count=2)
        self.assertEqual(file.state, "quarantined")
        self.assertIn("2 records, the file holds 1", file.error_message)

    def test_gap_in_the_sequence_is_told(self):
        self._fixed(1043, hour=10)
        self.assertIn("1044 to 1045", self._fixed(1046, hour=11).control_message)

    def test_number_that_came_before_is_told(self):
        self._fixed(1043, hour=10)
        self.assertIn("loaded before", self._fixed(1043, hour=11).control_message)
