import { flag, many, must, oneOf, part, type Shape, text, whole } from './shapes.js';

/** Elements of objects, fields, pages and permissions as the Metadata API knows them, as far as we write them. */

const NAME = must(text());

const VALUE: Shape = { fullName: must(text(255)), default: must(flag), label: must(text(255)) };

const CUSTOM_FIELD: Shape = {
  fullName: NAME,
  caseSensitive: flag,
  defaultValue: text(),
  deleteConstraint: oneOf('SetNull', 'Restrict', 'Cascade'),
  description: text(1000),
  externalId: flag,
  formula: text(3900),
  formulaTreatBlanksAs: oneOf('BlankAsBlank', 'BlankAsZero'),
  inlineHelpText: text(510),
  label: must(text(40)),
  length: whole,
  precision: whole,
  referenceTo: text(),
  relationshipLabel: text(80),
  relationshipName: text(40),
  relationshipOrder: whole,
  reparentableMasterDetail: flag,
  required: flag,
  scale: whole,
  type: must(
    oneOf(
      'Checkbox',
      'Date',
      'DateTime',
      'LongTextArea',
      'Lookup',
      'MasterDetail',
      'Number',
      'Picklist',
      'Text',
      'TextArea',
    ),
  ),
  unique: flag,
  valueSet: part({
    restricted: flag,
    valueSetDefinition: must(part({ sorted: must(flag), value: must(many(part(VALUE))) })),
  }),
  visibleLines: whole,
  writeRequiresMasterRead: flag,
};

const CUSTOM_OBJECT: Shape = {
  compactLayoutAssignment: text(),
  deploymentStatus: must(oneOf('Deployed', 'InDevelopment')),
  description: text(1000),
  enableActivities: flag,
  enableBulkApi: flag,
  enableReports: flag,
  enableSearch: flag,
  enableSharing: flag,
  enableStreamingApi: flag,
  label: must(text(40)),
  nameField: must(
    part({ displayFormat: text(30), label: must(text(40)), type: must(oneOf('Text', 'AutoNumber')) }),
  ),
  pluralLabel: must(text(40)),
  sharingModel: must(oneOf('ControlledByParent', 'Private', 'Read', 'ReadWrite')),
  visibility: oneOf('Public', 'Protected', 'PackageProtected'),
};

export const OPERATIONS = [
  'equals',
  'notEqual',
  'lessThan',
  'greaterThan',
  'lessOrEqual',
  'greaterOrEqual',
  'contains',
  'notContain',
  'startsWith',
] as const;

const LIST_VIEW: Shape = {
  fullName: NAME,
  columns: must(many(text())),
  filterScope: must(oneOf('Everything', 'Mine')),
  filters: many(part({ field: NAME, operation: must(oneOf(...OPERATIONS)), value: text() })),
  label: must(text(40)),
};

const COMPACT_LAYOUT: Shape = { fullName: NAME, fields: must(many(text())), label: must(text(40)) };

const QUICK_ACTION: Shape = {
  description: text(255),
  label: must(text(80)),
  optionsCreateFeedItem: must(flag),
  quickActionLayout: must(
    part({
      layoutSectionStyle: must(oneOf('TwoColumnsLeftToRight', 'OneColumn')),
      quickActionLayoutColumns: many(
        part({
          quickActionLayoutItems: many(
            part({ emptySpace: flag, field: NAME, uiBehavior: oneOf('Edit', 'Readonly', 'Required') }),
          ),
        }),
      ),
    }),
  ),
  targetObject: NAME,
  targetParentField: text(),
  type: must(oneOf('Create', 'Update', 'LogACall')),
};

const LAYOUT: Shape = {
  layoutSections: must(
    many(
      part({
        customLabel: flag,
        detailHeading: flag,
        editHeading: flag,
        label: text(80),
        layoutColumns: many(
          part({
            layoutItems: many(part({ behavior: must(oneOf('Edit', 'Readonly', 'Required')), field: NAME })),
          }),
        ),
        style: must(oneOf('TwoColumnsTopToBottom', 'TwoColumnsLeftToRight', 'OneColumn', 'CustomLinks')),
      }),
    ),
  ),
  relatedLists: many(part({ fields: many(text()), relatedList: NAME })),
};

const PROPERTY = part({
  name: NAME,
  value: text(),
  valueList: part({ valueListItems: many(part({ value: must(text()) })) }),
});

const FLEXI_PAGE: Shape = {
  description: text(255),
  flexiPageRegions: must(
    many(
      part({
        itemInstances: many(
          part({
            componentInstance: part({
              componentInstanceProperties: many(PROPERTY),
              componentName: NAME,
              identifier: NAME,
            }),
            fieldInstance: part({
              fieldInstanceProperties: many(PROPERTY),
              fieldItem: NAME,
              identifier: NAME,
            }),
          }),
        ),
        name: NAME,
        type: must(oneOf('Region', 'Facet')),
      }),
    ),
  ),
  masterLabel: must(text(80)),
  sobjectType: NAME,
  template: must(part({ name: NAME })),
  type: must(oneOf('RecordPage')),
};

const PERMISSION_SET: Shape = {
  description: text(255),
  fieldPermissions: many(part({ editable: must(flag), field: NAME, readable: must(flag) })),
  hasActivationRequired: flag,
  label: must(text(80)),
  objectPermissions: many(
    part({
      allowCreate: must(flag),
      allowDelete: must(flag),
      allowEdit: must(flag),
      allowRead: must(flag),
      modifyAllRecords: must(flag),
      object: NAME,
      viewAllRecords: must(flag),
    }),
  ),
  tabSettings: many(part({ tab: NAME, visibility: must(oneOf('Visible', 'Available', 'None')) })),
};

export const ORG_SHAPES: Readonly<Record<string, Shape>> = {
  CustomField: CUSTOM_FIELD,
  CustomObject: CUSTOM_OBJECT,
  ListView: LIST_VIEW,
  CompactLayout: COMPACT_LAYOUT,
  QuickAction: QUICK_ACTION,
  Layout: LAYOUT,
  FlexiPage: FLEXI_PAGE,
  CustomTab: { customObject: must(flag), description: text(1000), motif: must(text()) },
  PermissionSet: PERMISSION_SET,
};
