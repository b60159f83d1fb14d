/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const MENU = "somconnexio_base.menu_telecom_";

/** Open an entry of the menu bar. */
function openMenu(section, entry) {
    return [
        {
            content: `Open the menu ${section}`,
            trigger: `.o_menu_sections [data-menu-xmlid='${MENU}${section}']`,
            run: "click",
        },
        {
            content: `Choose ${entry}`,
            trigger: `.o-dropdown--menu [data-menu-xmlid='${MENU}${entry}']`,
            run: "click",
        },
    ];
}

function press(name, content) {
    return {content, trigger: `button[name=${name}]`, run: "click"};
}

function inState(state) {
    return {
        content: `It is ${state} now`,
        trigger: `.o_arrow_button_current[data-value=${state}]`,
    };
}

tours.add("somconnexio_base_send_notice_again", {
    steps: () => [
        ...openMenu("notices", "notice"),
        {
            content: "Open what came back",
            trigger: ".o_data_row .o_data_cell:contains(Tour Member)",
            run: "click",
        },
        inState("bounced"),
        press("action_send_again", "Send it again"),
        {
            content: "Say why",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit She has another address now",
        },
        {
            trigger: ".modal footer button[name=action_send]",
            run: "click",
        },
        inState("waiting"),
    ],
});

tours.add("somconnexio_base_replay_dead_letter", {
    steps: () => [
        ...openMenu("integrations", "outbox_needs_person"),
        {
            content: "Open the dead letter",
            trigger: ".o_data_row .o_data_cell:contains(tour-dead-letter)",
            run: "click",
        },
        inState("dead"),
        press("action_replay", "Send it once more"),
        {
            content: "Say what was found out",
            trigger:
                ".modal .o_field_widget[name=reason] input, .modal .o_field_widget[name=reason] textarea",
            run: "edit They corrected their price list",
        },
        {
            trigger: ".modal footer button[name=action_apply]",
            run: "click",
        },
        inState("pending"),
        {
            content: "The history says who decided what",
            trigger:
                ".o_field_widget[name=attempt_ids] .o_data_cell:contains(They corrected)",
        },
    ],
});
