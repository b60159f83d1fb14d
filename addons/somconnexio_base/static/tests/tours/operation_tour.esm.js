/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Choose a record in a field of the dialog. */
function choose(field, text) {
    return [
        {
            content: `Write into ${field}`,
            trigger: `.modal .o_field_widget[name=${field}] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${text}`,
            trigger: `.o-autocomplete--dropdown-item a:contains(${text})`,
            run: "click",
        },
    ];
}

function press(name, content) {
    return {content, trigger: `button[name=${name}]`, run: "click"};
}

function pressInDialog(name, content) {
    return {content, trigger: `.modal footer button[name=${name}]`, run: "click"};
}

tours.add("somconnexio_base_change_tariff", {
    steps: () => [
        press("action_change_offering", "Change the tariff"),
        ...choose("product_id", "Mobile large"),
        pressInDialog("action_preview", "Look before"),
        {
            content: "The line in force ends",
            trigger: ".modal .o_telecom_changes td:contains(Mobile small)",
        },
        {
            content: "The new one begins, with its price",
            trigger: ".modal .o_telecom_changes tr:contains(Mobile large):contains(20.00)",
        },
        pressInDialog("action_apply", "Confirm"),
        {
            content: "It is pending",
            trigger: ".alert:contains(Change of tariff)",
        },
    ],
});

tours.add("somconnexio_base_change_holder", {
    steps: () => [
        press("action_operate", "Other changes"),
        {
            content: "Choose the change of holder",
            trigger: ".modal .o_field_widget[name=kind] select, .modal .o_field_widget[name=kind] input",
            run: "click",
        },
        {
            content: "Change of holder",
            trigger: ".o_select_menu_item:contains(Change of holder)",
            run: "click",
        },
        ...choose("partner_id", "Tour Successor"),
        pressInDialog("action_preview", "Look before"),
        {
            content: "The new subscription is shown",
            trigger: ".modal .o_telecom_changes td:contains(Tour Successor)",
        },
        pressInDialog("action_apply", "Confirm"),
        {
            content: "The subscription of the new holder is open",
            trigger: ".o_form_view .o_field_widget[name=partner_id]:contains(Tour Successor), .o_field_widget[name=partner_id] input:value(Tour Successor)",
        },
        {
            content: "It is active",
            trigger: ".o_arrow_button_current:contains(Active)",
        },
    ],
});

tours.add("somconnexio_base_terminate", {
    steps: () => [
        press("action_terminate", "Terminate"),
        ...choose("reason_id", "Price"),
        pressInDialog("action_preview", "Look before"),
        {
            content: "The tariff ends",
            trigger: ".modal .o_telecom_changes td:contains(Mobile small)",
        },
        pressInDialog("action_apply", "Confirm"),
        {
            content: "The end is planned",
            trigger: ".alert:contains(The service ends after)",
        },
        press("action_cancel_termination", "Take it back"),
        {
            content: "The end is not planned any more",
            trigger: "body:not(:has(.alert:contains(The service ends after)))",
        },
    ],
});
