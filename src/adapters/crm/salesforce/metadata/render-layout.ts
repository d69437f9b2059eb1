import type { OrgField, OrgModel, PageLayout, QuickAction } from '../../../../ports/org-model.js';
import { component } from './component.js';
import { type Component, type Element, elements } from './element.js';
import { marked } from './mark.js';
import { listCode } from './render-lists.js';

const STYLE = 'TwoColumnsTopToBottom';

/** A page layout of an object of ours; Salesforce names it by object and label. */
export function renderLayout(layout: PageLayout, model: OrgModel): Component {
  const own = new Map(
    model.fields.filter(({ object }) => object === layout.object).map((field) => [field.name, field]),
  );
  const isShared = model.objects.some(({ name, sharing }) => name === layout.object && sharing === 'read');
  const system = ['CreatedById', 'LastModifiedById', ...(isShared ? ['OwnerId'] : [])];
  return component(
    'Layout',
    `${layout.object}-${layout.label}`,
    elements({
      layoutSections: [
        ...layout.sections.map(({ label, fields }) => section(label, fields, own)),
        section('System Information', system, own),
      ],
      relatedLists: layout.related.map(({ child, lookup, columns }) =>
        elements({
          fields: columns.map((column) => listCode(child, column)),
          relatedList: `${child}.${lookup}`,
        }),
      ),
    }),
  );
}

function section(
  label: string,
  fields: readonly string[],
  own: ReadonlyMap<string, OrgField>,
): readonly Element[] {
  const half = Math.ceil(fields.length / 2);
  const column = (names: readonly string[]): readonly Element[] =>
    elements({
      layoutItems: names.map((field) => elements({ behavior: behaviorOf(field, own), field })),
    });
  return elements({
    customLabel: true,
    detailHeading: true,
    editHeading: true,
    label,
    layoutColumns: [column(fields.slice(0, half)), column(fields.slice(half))],
    style: STYLE,
  });
}

function behaviorOf(name: string, own: ReadonlyMap<string, OrgField>): string {
  const field = own.get(name);
  if (field === undefined) return name === 'OwnerId' ? 'Edit' : 'Readonly';
  if (field.kind.type === 'formula') return 'Readonly';
  return field.required || field.kind.type === 'parent' ? 'Required' : 'Edit';
}

/** A button that makes a record under the one on which it stands. */
export function renderQuickAction(action: QuickAction): Component {
  const { object, name, label, creates, parentField, fields } = action;
  const half = Math.ceil(fields.length / 2);
  const column = (items: QuickAction['fields']): readonly Element[] =>
    elements({
      quickActionLayoutItems: items.map(({ name: field, required }) =>
        elements({ emptySpace: false, field, uiBehavior: required ? 'Required' : 'Edit' }),
      ),
    });
  return component(
    'QuickAction',
    `${object}.${name}`,
    elements({
      description: marked(''),
      label,
      optionsCreateFeedItem: false,
      quickActionLayout: elements({
        layoutSectionStyle: 'TwoColumnsLeftToRight',
        quickActionLayoutColumns: [column(fields.slice(0, half)), column(fields.slice(half))],
      }),
      targetObject: creates,
      targetParentField: parentField,
      type: 'Create',
    }),
  );
}
