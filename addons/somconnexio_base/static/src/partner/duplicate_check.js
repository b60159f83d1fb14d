/* License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl) */
import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/**
 * Banner of a partner's form: who may be this partner already, with the reasons, while
 * somebody types. Once the record is saved it can be decided here.
 */
export class DuplicateCheck extends Component {
    static template = "somconnexio_base.DuplicateCheck";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get candidates() {
        const check = this.props.record.data[this.props.name];
        return (check && check.candidates) || [];
    }

    get isSaved() {
        return Boolean(this.props.record.resId);
    }

    open(candidate) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: candidate.id,
            views: [[false, "form"]],
        });
    }

    async decideOther(candidate) {
        if (await this.props.record.save()) {
            await this.orm.call("res.partner", "decide_duplicate", [
                [this.props.record.resId],
                candidate.id,
                "not_duplicate",
            ]);
            await this.props.record.load();
        }
    }

    async decideSame(candidate) {
        if (await this.props.record.save()) {
            const dialog = await this.orm.call("res.partner", "action_decide_merge", [
                [this.props.record.resId],
                candidate.id,
            ]);
            await this.action.doAction(dialog);
        }
    }
}

export const duplicateCheck = {
    component: DuplicateCheck,
    supportedTypes: ["json"],
};

registry.category("fields").add("telecom_duplicate_check", duplicateCheck);
