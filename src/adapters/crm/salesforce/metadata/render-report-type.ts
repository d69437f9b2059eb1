import type { ReportType } from '../../../../ports/org-model.js';
import { type Component, elements } from './element.js';
import { marked } from './mark.js';

export function renderReportType(type: ReportType): Component {
  return {
    type: 'ReportType',
    fullName: type.name,
    content: elements({
      baseObject: type.object,
      category: type.category,
      deployed: true,
      description: marked(type.description),
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
