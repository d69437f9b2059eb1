import { commit, removeComponent } from '../deploy/commit.js';
import { type Component, localNameOf } from '../deploy/component.js';
import { objectAndParts } from '../deploy/components.js';
import { planDeploy } from '../deploy/plan.js';
import { inventoryOf } from '../inventory.js';
import { KINDS } from '../kinds/index.js';
import type { MetadataOrg } from '../metadata-org.js';
import { childrenOf, element, textOf, textsOf, type XmlElement } from '../xml/element.js';
import { renderElement, type SoapValue } from '../xml/render.js';
import type { SoapCall } from './envelope.js';
import type { SoapRoom } from './room.js';

type Operation = (call: SoapCall, room: SoapRoom) => SoapValue;
type Verb = 'create' | 'update' | 'upsert';

const MOST_COMPONENTS = 10;

/** createMetadata and its family: components one by one, as elements of the call. */
export const CRUD: readonly (readonly [string, Operation])[] = [
  ['createMetadata', (call, room) => save(call, room, 'create')],
  ['updateMetadata', (call, room) => save(call, room, 'update')],
  ['upsertMetadata', (call, room) => save(call, room, 'upsert')],
  ['readMetadata', read],
  ['deleteMetadata', remove],
];

function save({ body }: SoapCall, { metadata }: SoapRoom, verb: Verb): SoapValue {
  return childrenOf(body, 'metadata').map((content, index) => {
    const component = componentOf(content);
    return index < MOST_COMPONENTS
      ? saveOne(component, metadata, verb)
      : failed(component.fullName, 'LIMIT_EXCEEDED', `at most ${MOST_COMPONENTS} components in one call`);
  });
}

/** `<metadata xsi:type="CustomField"><fullName>Account.Foo__c</fullName>…`. */
function componentOf(content: XmlElement): Component {
  const type = (content.attributes.type ?? '').replace(/^.*:/, '');
  const fullName = textOf(content, 'fullName');
  const kind = KINDS.get(type);
  const file = kind?.suffix === 'object' ? fullName.replace(/\..*$/, '') : fullName;
  // A file says its name outside: only parts of an object keep theirs, without the object.
  const isPart = kind?.suffix === 'object' && type !== 'CustomObject';
  const children = content.children.flatMap((child) => {
    if (child.name !== 'fullName') return [child];
    return isPart ? [element('fullName', localNameOf(fullName))] : [];
  });
  return {
    type,
    fullName,
    fileName: `${kind?.folder ?? ''}/${file}.${kind?.suffix ?? ''}`,
    element: { ...content, name: type, children },
  };
}

function saveOne(component: Component, { org, components: store }: MetadataOrg, verb: Verb): SoapValue {
  const { type, fullName } = component;
  const isThere =
    store.find(type, fullName) !== undefined || KINDS.get(type)?.exists?.(component, org.schema) === true;
  if (verb === 'create' && isThere) {
    return failed(fullName, 'DUPLICATE_DEVELOPER_NAME', `There is already a ${type} named ${fullName}`);
  }
  if (verb === 'update' && !isThere) {
    return failed(fullName, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
  }
  const parts = type === 'CustomObject' ? objectAndParts(component) : [component];
  const plan = planDeploy({ components: parts, misfits: [], deletions: [] }, org, store);
  const [refusal] = plan.refused;
  if (refusal) return failed(fullName, 'FIELD_INTEGRITY_EXCEPTION', refusal.problem.problem);
  commit(plan, org, store);
  return { ...(verb === 'upsert' ? { created: !isThere } : {}), fullName, success: true };
}

function failed(fullName: string, statusCode: string, message: string): SoapValue {
  return { errors: { message, statusCode }, fullName, success: false };
}

function read({ body }: SoapCall, { metadata }: SoapRoom): SoapValue {
  const type = textOf(body, 'type');
  const all = inventoryOf(type, metadata.org, metadata.components);
  return {
    records: textsOf(body, 'fullNames').map((fullName) => {
      const found = all.find((one) => one.fullName.toLowerCase() === fullName.toLowerCase());
      return { rawXml: found ? ` xsi:type="${type}">${contentOf(found)}` : ' xsi:nil="true">' };
    }),
  };
}

function contentOf({ element: content, fullName }: Component): string {
  const rest = content.children.filter((child) => child.name !== 'fullName');
  return [element('fullName', fullName), ...rest].map((child) => renderElement(child)).join('');
}

function remove({ body }: SoapCall, { metadata }: SoapRoom): SoapValue {
  const type = textOf(body, 'type');
  const { org, components: store } = metadata;
  return textsOf(body, 'fullNames').map((fullName) => {
    const isThere = inventoryOf(type, org, store).some((one) => one.fullName === fullName);
    if (!isThere) {
      return failed(fullName, 'INVALID_CROSS_REFERENCE_KEY', `no ${type} named ${fullName} found`);
    }
    removeComponent(type, fullName, { org, store });
    return { fullName, success: true };
  });
}
