import { describe, expect, it } from '@jest/globals';
import { compareParts } from '../../../../../src/adapters/crm/salesforce/metadata/compare.js';
import { keyOf } from '../../../../../src/adapters/crm/salesforce/metadata/component.js';
import {
  type Component,
  element,
  elements,
} from '../../../../../src/adapters/crm/salesforce/metadata/element.js';
import { renderModel } from '../../../../../src/adapters/crm/salesforce/metadata/render.js';
import { aModel } from '../../../../support/mapping.js';

const WANTED = renderModel(aModel());

/** An org that holds all of ours, but for what is given of some parts. */
function compared(held: readonly Component[]) {
  const components = new Map([...WANTED, ...held].map((one) => [keyOf(one), one]));
  return compareParts(WANTED, { components });
}

function wanted(type: string, fullName: string): Component {
  const found = WANTED.find((one) => one.type === type && one.fullName === fullName);
  if (found === undefined) throw new Error(`no ${type} ${fullName}`);
  return found;
}

function having(of: Component, name: string, content: string): Component {
  const rest = of.content.filter((one) => one.name !== name);
  return { ...of, content: [...rest, element(name, content)] };
}

function without(of: Component, name: string): Component {
  return { ...of, content: of.content.filter((one) => one.name !== name) };
}

describe('what an org holds against what we want', () => {
  it('is the same where only the platform or an admin said more', () => {
    const field = wanted('CustomField', 'Account.Truenorth_Tier__c');
    const wider = having(having(field, 'length', '80'), 'trackTrending', 'false');
    const { toDeploy, conflicts } = compared([wider]);
    expect({ toDeploy, conflicts }).toEqual({ toDeploy: [], conflicts: [] });
  });

  it('keeps an admin’s values and grants in what is deployed', () => {
    const kind = wanted('CustomField', 'Advocate__c.Kind__c');
    const own = elements({ fullName: 'keynote', default: false, label: 'keynote' });
    const content = having(kind, 'label', 'Sort').content.map((one) =>
      one.name !== 'valueSet'
        ? one
        : element('valueSet', [
            element('valueSetDefinition', [element('sorted', false), element('value', own)]),
          ]),
    );
    const set = wanted('PermissionSet', 'Truenorth_Viewer');
    const grant = elements({ editable: true, field: 'Account.Region__c', readable: true });
    const held = {
      ...set,
      content: [...having(set, 'label', 'Viewers').content, element('fieldPermissions', grant)],
    };
    const { toDeploy } = compared([{ ...kind, content }, held]);
    expect(toDeploy.map(({ fullName }) => fullName).sort()).toEqual([
      'Advocate__c.Kind__c',
      'Truenorth_Viewer',
    ]);
    const texts = toDeploy.map(({ content: deployed }) => JSON.stringify(deployed)).join();
    expect(texts).toMatch(/keynote/);
    expect(texts).toMatch(/referral/);
    expect(texts).toMatch(/Account\.Region__c/);
  });

  it('is one conflict where an object of that name is not ours, and nothing of it is deployed', () => {
    const object = having(wanted('CustomObject', 'Advocate__c'), 'description', 'Fans of ours');
    const { conflicts, parts } = compared([object]);
    expect(conflicts).toEqual([
      'CustomObject Advocate__c exists and was not installed by Truenorth: rename it in Setup, so that ours can be made.',
    ]);
    expect(parts.some(({ name }) => name.startsWith('Advocate__c.'))).toBe(false);
  });

  it('is a conflict where somebody else has a field under a name of ours, and it is not touched', () => {
    const own = without(wanted('CustomField', 'Account.Truenorth_Tier_Reason__c'), 'description');
    const { conflicts, toDeploy, obsolete } = compared([
      having(own, 'label', 'Why They Pay'),
      { type: 'CustomField', fullName: 'Account.TruenorthRegion__c', content: own.content },
      { type: 'ListView', fullName: 'Account.Truenorth_Mine', content: [element('label', 'Mine')] },
    ]);
    expect(conflicts).toEqual([
      'Account.Truenorth_Tier_Reason__c exists and is not ours: map this fact to another field in mappings/salesforce.yaml, or rename the existing field in Setup.',
    ]);
    expect({ toDeploy, obsolete }).toEqual({ toDeploy: [], obsolete: [] });
  });

  it.each([
    ['length', '300'],
    ['type', 'TextArea'],
  ])('is a conflict where the unmarked field has another %s', (name, content) => {
    const own = without(wanted('CustomField', 'Account.Truenorth_Tier_Reason__c'), 'description');
    expect(compared([having(own, name, content)]).conflicts).toHaveLength(1);
  });

  it('is adopted and marked where an early version made it without a mark', () => {
    const early = [
      wanted('CustomField', 'Account.Truenorth_Tier_Reason__c'),
      wanted('PermissionSet', 'Truenorth_Integration'),
    ].map((one) => without(one, 'description'));
    const { conflicts, parts, toDeploy } = compared(early);
    expect(conflicts).toEqual([]);
    expect(parts.flatMap(({ changes }) => changes)).toEqual(['description', 'description']);
    for (const { content } of toDeploy) expect(JSON.stringify(content)).toContain('Installed by Truenorth.');
  });

  it('tells a page component by the mark in its file', () => {
    const page = wanted('LightningComponentBundle', 'truenorthHealth');
    const files = Object.entries(page.files ?? {}).map(([file, text]) => [
      file,
      text.replace(/ Installed by Truenorth\./, ''),
    ]);
    const { conflicts } = compared([{ ...page, files: Object.fromEntries(files) }]);
    expect(conflicts).toEqual([expect.stringContaining('truenorthHealth exists and was not installed by')]);
  });

  it('deploys a page component whose description changed, and not one that Salesforce wrote anew', () => {
    const page = wanted('LightningComponentBundle', 'truenorthHealth');
    const about = 'truenorthHealth.js-meta.xml';
    const holding = (change: (text: string) => string) =>
      compared([
        { ...page, files: { ...page.files, [about]: change(page.files?.[about] ?? '') } },
      ]).parts.find(({ type }) => type === 'LightningComponentBundle');
    const version = /\s*<apiVersion>62.0<\/apiVersion>/;
    expect(
      holding((text) =>
        text
          .replace(version, '')
          .replace(
            '</targetConfigs>',
            '</targetConfigs>\r\n<apiVersion>62.0</apiVersion><isExplicitImport>false</isExplicitImport>',
          ),
      )?.action,
    ).toBe('unchanged');
    for (const change of [
      (text: string) => text.replace('62.0', '59.0'),
      (text: string) => text.replace('type="Small"', 'type="Medium"'),
    ])
      expect(holding(change)).toMatchObject({ action: 'change', changes: [about] });
  });
});
