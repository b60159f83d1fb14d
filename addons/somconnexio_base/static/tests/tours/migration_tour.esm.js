/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {inputFiles} from "@web/../tests/utils";
import {registry} from "@web/core/registry";

const RESOURCES = "TIPO;VALOR\nSIM;8934049900009900016\nSIM;12\n";

function fromMenus() {
    return [
        {
            content: "Open the configuration",
            trigger:
                ".o_menu_sections [data-menu-xmlid='somconnexio_base.menu_telecom_configuration']",
            run: "click",
        },
        {
            content: "Migrations",
            trigger:
                ".dropdown-menu [data-menu-xmlid='somconnexio_base.menu_telecom_migration_run']",
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("somconnexio_base_migration_try", {
    steps: () => [
        ...fromMenus(),
        {
            content: "Their list has come in place of the subscriptions",
            trigger: ".o_breadcrumb:contains(Migrations)",
        },
        {
            content: "A new migration",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Tour Migration",
        },
        {
            content: "From that source",
            trigger: ".o_field_widget[name=profile_id] input",
            run: "edit Sample ERP",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(/^Sample ERP$/)",
            run: "click",
        },
        {
            content: "Save it",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Add its files",
            trigger: "button:contains(Add files)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=attachment_ids]",
            async run() {
                const file = new File([RESOURCES], "recursos.csv", {
                    type: "text/csv",
                });
                await inputFiles(".modal .o_input_file", [file]);
            },
        },
        {
            trigger: ".modal .o_attachment:contains(recursos.csv)",
        },
        {
            trigger: ".modal button[name=action_add]",
            run: "click",
        },
        {
            content: "Its name told what it holds",
            trigger:
                ".o_field_widget[name=file_ids] .o_data_cell[name=layout_id]:contains(Numbers and lines)",
        },
        {
            content: "Try it out",
            trigger: "button[name=action_try]",
            run: "click",
        },
        {
            trigger: ".alert-info:contains(in the background)",
        },
    ],
});

registry.category("web_tour.tours").add("somconnexio_base_migration_take_over", {
    steps: () => [
        ...fromMenus(),
        {
            trigger: ".o_data_cell:contains(/^Tour Migration$/)",
            run: "click",
        },
        {
            content: "What is shown has been undone",
            trigger: ".alert-warning:contains(all of it has been undone)",
        },
        {
            content: "There is something to download",
            trigger: ".o_field_widget[name=errors_file]:contains(_faults.csv)",
        },
        {
            content: "Read the faults",
            trigger: ".nav-link[name=faults]",
            run: "click",
        },
        {
            content: "With line, column and reason",
            trigger:
                ".o_field_widget[name=issue_ids] .o_data_row:contains(VALOR):contains(12):contains(recursos.csv)",
        },
        {
            content: "Take over what is right",
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".alert-info:contains(in the background)",
        },
    ],
});

registry.category("web_tour.tours").add("somconnexio_base_migration_report", {
    steps: () => [
        ...fromMenus(),
        {
            trigger: ".o_data_cell:contains(/^Tour Migration$/)",
            run: "click",
        },
        {
            content: "Files and records agree",
            trigger: ".ribbon:contains(Reconciled)",
        },
        {
            content: "Number by number",
            trigger: ".nav-link[name=totals]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=total_ids] .o_data_row:contains(Numbers and lines) .o_data_cell[name=taken_count]:contains(/^1$/)",
        },
        {
            content: "The rows, each with its record",
            trigger: "button[name=action_view_rows]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Created)",
        },
    ],
});
