import type { QuickAction, RecordPage } from '../../../../ports/org-model.js';
import { component } from './component.js';
import { type Component, type Element, elements } from './element.js';
import { marked } from './mark.js';

/** Three regions: actions and name, what is read, and lists beside it. */
const TEMPLATE = 'flexipage:recordHomeTemplateDesktop';

/** A Lightning record page with its field sections, components of ours and related lists. */
export function renderRecordPage(page: RecordPage, actions: readonly QuickAction[]): Component {
  const own = actions.filter(({ object }) => object === page.object);
  const sections = page.sections.map((section, index) => fieldSection(section, index + 1));
  const main = [
    ...page.components.map((name) => instance(name, name, {})),
    ...sections.map(({ item }) => item),
    instance('force:detailPanel', 'force_detailPanel', {}),
  ];
  const beside = page.related.map(({ relationship, label }) => relatedList(page.object, relationship, label));
  return component(
    'FlexiPage',
    page.name,
    elements({
      description: marked(page.description),
      flexiPageRegions: [
        ...sections.flatMap(({ facets }) => facets),
        region('header', 'Region', [highlights(own)]),
        region('main', 'Region', main),
        region('sidebar', 'Region', beside),
      ],
      masterLabel: page.label,
      sobjectType: page.object,
      template: elements({ name: TEMPLATE }),
      type: 'RecordPage',
    }),
  );
}

type Item = readonly Element[];

function region(name: string, type: 'Region' | 'Facet', items: readonly Item[]): readonly Element[] {
  return elements({ itemInstances: items, name, type });
}

type Properties = Readonly<Record<string, string | readonly Element[]>>;

function instance(componentName: string, identifier: string, properties: Properties): Item {
  const componentInstanceProperties = Object.entries(properties).map(([name, value]) =>
    typeof value === 'string' ? elements({ name, value }) : elements({ name, valueList: value }),
  );
  return elements({
    componentInstance: elements({ componentInstanceProperties, componentName, identifier }),
  });
}

/** The name of the record with its buttons, ours among them. */
function highlights(actions: readonly QuickAction[]): Item {
  const names = ['Edit', ...actions.map(({ object, name }) => `${object}.${name}`)];
  return instance('force:highlightsPanel', 'force_highlightsPanel', {
    actionNames: elements({ valueListItems: names.map((value) => elements({ value })) }),
    enableActionsConfiguration: 'true',
    numVisibleActions: '3',
  });
}

function fieldSection(
  { label, fields }: RecordPage['sections'][number],
  number: number,
): { readonly facets: readonly Item[]; readonly item: Item } {
  const half = Math.ceil(fields.length / 2);
  const inColumn = [fields.slice(0, half), fields.slice(half)].filter(({ length }) => length > 0);
  const columns = `Facet-truenorth-${number}`;
  const names = inColumn.map((_fields, index) => `${columns}-column${index + 1}`);
  return {
    facets: [
      ...inColumn.map((own, index) => region(names[index] ?? '', 'Facet', own.map(fieldInstance))),
      region(
        columns,
        'Facet',
        names.map((body, index) =>
          instance('flexipage:column', `flexipage_column_${number}_${index + 1}`, { body }),
        ),
      ),
    ],
    item: instance('flexipage:fieldSection', `flexipage_fieldSection_${number}`, { columns, label }),
  };
}

function fieldInstance(field: string): Item {
  return elements({
    fieldInstance: elements({
      fieldInstanceProperties: elements({ name: 'uiBehavior', value: 'readonly' }),
      fieldItem: `Record.${field}`,
      identifier: `Record${field.replace(/\W/g, '_')}Field`,
    }),
  });
}

function relatedList(object: string, relationship: string, relatedListLabel: string): Item {
  return instance('force:relatedListSingleContainer', `truenorth_${relationship}`, {
    parentFieldApiName: `${object}.Id`,
    relatedListApiName: `${relationship}__r`,
    relatedListComponentOverride: 'NONE',
    relatedListLabel,
    rowsToDisplay: '5',
    showActionBar: 'true',
  });
}
