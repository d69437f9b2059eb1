/** Elements of an object's file that are components of their own. */
export const OBJECT_PARTS: readonly { readonly element: string; readonly type: string }[] = [
  { element: 'fields', type: 'CustomField' },
  { element: 'listViews', type: 'ListView' },
  { element: 'compactLayouts', type: 'CompactLayout' },
  { element: 'validationRules', type: 'ValidationRule' },
];

export const partNames: ReadonlySet<string> = new Set(OBJECT_PARTS.map((part) => part.element));
