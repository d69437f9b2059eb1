import type { ReportType } from '../../../../ports/org-model.js';
import { type Component, elements } from './element.js';

const MARK = 'Installed by Truenorth.';

export function renderReportType(type: ReportType): Component {
  return {
    type: 'ReportType',
    fullName: type.name,
    content: elements({
      baseObject: type.object,
      category: type.category,
      deployed: true,
      description: `${type.description} ${MARK}`,
      join:
        type.join === null
          ? null
          : elements({ outerJoin: type.join.outer, relationship: type.join.relationship }),
      label: type.label,
      sections: type.sections.map(({ label, columns }) =>
        elements({
          columns: columns.map(({ table, field, shown }) =>
            elements({ checkedByDefault: shown, field, table }),
          ),
          masterLabel: label,
        }),
      ),
    }),
  };
}
