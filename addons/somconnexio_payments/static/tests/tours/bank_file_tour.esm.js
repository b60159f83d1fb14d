/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {inputFiles} from "@web/../tests/utils";
import {registry} from "@web/core/registry";

const MENU = "somconnexio_payments.menu_telecom_";
// Two payments: one names its bill, of the other nobody knows what it is for.
const STATEMENT = [
    "112100041802000513322610202610202000000000000009783COOPERATIVE",
    "22    0001261020261020020002000000000010000000000001000000000000",
    "2301TOUR BILL 77",
    "22    0001261020261020020002000000000024200000000002000000000000",
    "2301TOUR UNKNOWN",
    "3321000418020005133200000000000000000000000200000000003420200000000003420978",
    "88999999999999999999000006",
];

function openMenu(entry) {
    return [
        {
            content: "Open the payments",
            trigger: `.o_menu_sections [data-menu-xmlid='${MENU}payments']`,
            run: "click",
        },
        {
            content: `Choose ${entry}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid='${MENU}${entry}']`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("somconnexio_payments_bank_file", {
    steps: () => [
        ...openMenu("bank_file"),
        {
            trigger: ".o_breadcrumb:contains(Bank files)",
        },
        {
            content: "Upload what the bank gave",
            trigger: ".o_list_buttons button:contains(Upload), button:contains(Upload)",
            run: "click",
        },
        {
            content: "A good file, and one that breaks off",
            trigger: ".modal .o_field_widget[name=attachment_ids]",
            async run() {
                const files = [
                    ["good.n43", STATEMENT],
                    ["broken.n43", STATEMENT.slice(0, 4)],
                ].map(
                    ([name, lines]) =>
                        new File([lines.join("\r\n")], name, {type: "text/plain"})
                );
                await inputFiles(".modal .o_input_file", files);
            },
        },
        {
            trigger: ".modal .o_attachment:contains(good.n43)",
        },
        {
            trigger: ".modal .o_attachment:contains(broken.n43)",
        },
        {
            trigger: ".modal button[name=action_upload]",
            run: "click",
        },
        {
            content: "The good one is booked",
            trigger: ".o_data_row:contains(good.n43):contains(Booked)",
        },
        {
            content: "The other says what is wrong with it",
            trigger:
                ".o_data_row:contains(broken.n43):contains(Refused):contains(breaks off)",
        },
        ...openMenu("bank_exception"),
        {
            content: "What waits is there by its reason",
            trigger: ".o_group_header:contains(Nothing known)",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(TOUR UNKNOWN) button[name=action_allocate]",
            run: "click",
        },
        {
            content: "It can't be reconciled before a counterpart is chosen",
            trigger:
                ".o_account_reconcile_oca_info:contains(TOUR UNKNOWN) button[name=reconcile_bank_line].disabled",
        },
        {
            content: "Whose bill it is",
            trigger:
                ".o_account_reconcile_oca_info .o_data_row .o_data_cell:contains(Tour Payer)",
            run: "click",
        },
        {
            trigger: "button[name=reconcile_bank_line]:not(.disabled)",
            run: "click",
        },
        {
            content: "It can be undone now",
            trigger: "button[name=unreconcile_bank_line]",
        },
    ],
});
