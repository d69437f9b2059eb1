import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPackage, type MetadataServer, startMetadataServer } from './metadata-server.js';

const XMLNS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const META = `<LightningComponentBundle ${XMLNS}><apiVersion>62.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__RecordPage</target></targets></LightningComponentBundle>`;
const SCRIPT =
  "import { LightningElement } from 'lwc';\nexport default class Card extends LightningElement {}\n";
const VIEW = '<template><p>Hello</p></template>\n';

let server: MetadataServer;
beforeAll(async () => {
  server = await startMetadataServer();
});
afterAll(() => server.close());

type Files = Readonly<Record<string, string>>;

/** What the org has against a package, in its words. */
async function refusals(members: Readonly<Record<string, readonly string[]>>, files: Files) {
  const result = await server.client.metadata
    .deploy(aPackage(members, files), { rollbackOnError: true, singlePackage: true })
    .complete(true);
  return [result.details?.componentFailures ?? []].flat().map(({ problem }) => String(problem));
}

function card(files: Files = {}): Promise<readonly string[]> {
  const all = { 'card.js': SCRIPT, 'card.html': VIEW, 'card.js-meta.xml': META, ...files };
  const paths = Object.entries(all).map(([name, text]) => [`lwc/card/${name}`, text]);
  return refusals({ LightningComponentBundle: ['card'] }, Object.fromEntries(paths));
}

describe('a Lightning component', () => {
  it('is kept with all of its files and comes back as it was', async () => {
    expect(await card()).toEqual([]);
    const listed = await server.client.metadata.list([{ type: 'LightningComponentBundle' }]);
    expect(listed.map(({ fullName }) => fullName)).toEqual(['card']);
  });

  it.each<readonly [string, Files, RegExp]>([
    ['a template without its root', { 'card.html': '<p>Hello</p>' }, /LWC1075/],
    [
      'an import of a file that is not there',
      { 'card.js': `import x from './other';\n${SCRIPT}` },
      /LWC1011/,
    ],
    [
      'an import of a field that is not there',
      { 'card.js': `import F from '@salesforce/schema/Account.Nothing__c';\n${SCRIPT}` },
      /Invalid reference/,
    ],
    [
      'a module that nobody knows',
      { 'card.js': `import x from 'lodash';\n${SCRIPT}` },
      /Unknown module lodash/,
    ],
    [
      'a target that is not known',
      { 'card.js-meta.xml': META.replace('RecordPage', 'Moon') },
      /not supported/,
    ],
  ])('is refused for %s', async (_what, files, problem) => {
    expect(await card(files)).toEqual([expect.stringMatching(problem)]);
  });
});

function action(inner: string): Promise<readonly string[]> {
  const text = `<QuickAction ${XMLNS}><label>Make</label><optionsCreateFeedItem>false</optionsCreateFeedItem>${inner}<type>Create</type></QuickAction>`;
  return refusals({ QuickAction: ['Account.Make'] }, { 'quickActions/Account.Make.quickAction': text });
}

function itemsOf(field: string): string {
  return `<quickActionLayout><layoutSectionStyle>TwoColumnsLeftToRight</layoutSectionStyle><quickActionLayoutColumns><quickActionLayoutItems><emptySpace>false</emptySpace><field>${field}</field><uiBehavior>Edit</uiBehavior></quickActionLayoutItems></quickActionLayoutColumns></quickActionLayout>`;
}

describe('a button', () => {
  it('makes a record of an object that exists, under its own', async () => {
    const parent = '<targetParentField>AccountId</targetParentField>';
    expect(await action(`${itemsOf('LastName')}<targetObject>Contact</targetObject>${parent}`)).toEqual([]);
  });

  it.each([
    [
      'an object that is not there',
      `${itemsOf('Name')}<targetObject>Moon__c</targetObject>`,
      /Moon__c found/,
    ],
    [
      'a field that is not there',
      `${itemsOf('Moon__c')}<targetObject>Contact</targetObject>`,
      /Contact\.Moon__c found/,
    ],
    [
      'a parent that leads elsewhere',
      `${itemsOf('LastName')}<targetObject>Contact</targetObject><targetParentField>OwnerId</targetParentField>`,
      /targetParentField/,
    ],
  ])('is refused for %s', async (_what, inner, problem) => {
    expect(await action(inner)).toEqual([expect.stringMatching(problem)]);
  });
});

function page(instance: string): Promise<readonly string[]> {
  const text = `<FlexiPage ${XMLNS}><flexiPageRegions><itemInstances><componentInstance>${instance}<identifier>one</identifier></componentInstance></itemInstances><name>main</name><type>Region</type></flexiPageRegions><masterLabel>Page</masterLabel><sobjectType>Account</sobjectType><template><name>flexipage:recordHomeTemplateDesktop</name></template><type>RecordPage</type></FlexiPage>`;
  return refusals({ FlexiPage: ['Page'] }, { 'flexipages/Page.flexipage': text });
}

describe('a Lightning page', () => {
  it('is refused for a component, or a related list, that is not there', async () => {
    expect(await page('<componentName>moon</componentName>')).toEqual([
      expect.stringMatching(/component moon/),
    ]);
    const list =
      '<componentInstanceProperties><name>relatedListApiName</name><value>Moons__r</value></componentInstanceProperties><componentName>force:relatedListSingleContainer</componentName>';
    expect(await page(list)).toEqual([expect.stringMatching(/Moons__r is not found/)]);
  });

  it('is refused by a layout that shows what is not there', async () => {
    const items = '<layoutItems><behavior>Edit</behavior><field>Moon__c</field></layoutItems>';
    const lists = '<relatedLists><relatedList>Contact.OwnerId</relatedList></relatedLists>';
    const text = `<Layout ${XMLNS}><layoutSections><layoutColumns>${items}</layoutColumns><style>OneColumn</style></layoutSections>${lists}</Layout>`;
    const name = 'Account-Mine';
    expect(await refusals({ Layout: [name] }, { [`layouts/${name}.layout`]: text })).toEqual([
      expect.stringMatching(/Account\.Moon__c found/),
      'Cannot find related list: Contact.OwnerId',
    ]);
  });
});
