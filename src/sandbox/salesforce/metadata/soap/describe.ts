import type { Component } from '../deploy/component.js';
import { usernameOf } from '../deploy/username.js';
import { inventoryOf, isDeployed } from '../inventory.js';
import { KINDS } from '../kinds/index.js';
import { OBJECT_PARTS } from '../kinds/object-parts.js';
import { childrenOf, textOf } from '../xml/element.js';
import type { SoapValue } from '../xml/render.js';
import type { SoapCall } from './envelope.js';
import type { SoapRoom } from './room.js';

const FOLDERED = ['Dashboard', 'Report'];

export function describeMetadata(_call: SoapCall, _room: SoapRoom): SoapValue {
  const parts = OBJECT_PARTS.map((part) => part.type);
  const types = [...KINDS.values()].filter(({ type }) => !parts.includes(type) && !type.endsWith('Folder'));
  return {
    metadataObjects: types.map(({ type, folder, suffix }) => ({
      childXmlNames: type === 'CustomObject' ? parts : [],
      directoryName: folder,
      inFolder: FOLDERED.includes(type),
      metaFile: false,
      suffix,
      xmlName: type,
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false,
  };
}

export function listMetadata({ body }: SoapCall, room: SoapRoom): SoapValue {
  const { org, components } = room.metadata;
  return childrenOf(body, 'queries').flatMap((query) => {
    const folder = textOf(query, 'folder');
    return inventoryOf(textOf(query, 'type'), org, components)
      .filter((one) => folder === '' || one.fullName.startsWith(`${folder}/`))
      .map((one) => filePropertiesOf(one, room));
  });
}

export function filePropertiesOf(component: Component, { caller, metadata }: SoapRoom): SoapValue {
  const { type, fullName, fileName } = component;
  const deployed = isDeployed(component) ? component : undefined;
  const who = { id: caller.session.userId, name: usernameOf(metadata.org, caller.session.userId) };
  const created = deployed?.createdDate ?? '1970-01-01T00:00:00.000Z';
  return {
    createdById: who.id,
    createdByName: who.name,
    createdDate: created,
    fileName,
    fullName,
    id: deployed?.id ?? '',
    lastModifiedById: who.id,
    lastModifiedByName: who.name,
    lastModifiedDate: deployed?.lastModifiedDate ?? created,
    manageableState: 'unmanaged',
    type,
  };
}
