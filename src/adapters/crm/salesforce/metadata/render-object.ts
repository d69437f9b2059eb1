import type { OrgObject } from '../../../../ports/org-model.js';
import { component } from './component.js';
import { type Component, elements } from './element.js';
import { marked } from './mark.js';

const SHARING: Readonly<Record<OrgObject['sharing'], string>> = {
  parent: 'ControlledByParent',
  read: 'Read',
};

/** An object of ours without its fields: those are components of their own. */
export function renderObject(object: OrgObject, compactLayout: string | null): Component {
  return component(
    'CustomObject',
    object.name,
    elements({
      compactLayoutAssignment: compactLayout,
      deploymentStatus: 'Deployed',
      description: marked(object.description),
      enableActivities: false,
      enableBulkApi: true,
      enableReports: true,
      enableSearch: true,
      enableSharing: true,
      enableStreamingApi: true,
      label: object.label,
      nameField: elements({
        displayFormat: object.numbering.format,
        label: object.numbering.label,
        type: 'AutoNumber',
      }),
      pluralLabel: object.plural,
      sharingModel: SHARING[object.sharing],
      visibility: 'Public',
    }),
  );
}

/** A plain picture of a building block. */
const MOTIF = 'Custom57: Building Block';

export function renderTab(object: string): Component {
  return component(
    'CustomTab',
    object,
    elements({ customObject: true, description: marked(''), motif: MOTIF }),
  );
}
