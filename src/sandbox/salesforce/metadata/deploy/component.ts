import type { Schema } from '../../schema/schema.js';
import type { Org } from '../../store/org.js';
import type { Problem } from '../types/problem.js';
import type { XmlElement } from '../xml/element.js';

/** One thing to be deployed: `CustomField Account.Score__c` of `objects/Account.object`. */
export interface Component {
  readonly type: string;
  /** As package.xml names it: with object or folder. */
  readonly fullName: string;
  readonly fileName: string;
  readonly element: XmlElement;
  /** Of a type that is a folder of files: name in the folder -> text, the described file among them. */
  readonly files?: ReadonlyMap<string, string>;
}

/** A component that the org holds. */
export interface StoredComponent extends Component {
  readonly id: string;
  readonly createdDate: string;
  readonly lastModifiedDate: string;
}

/** What the org would be if the deploy went on so far: checks look here, so that new parts may refer to new parts. */
export interface Draft {
  readonly schema: Schema;
  readonly org: Org;
  readonly stored: (type: string, fullName: string) => Component | undefined;
}

/** All that is to know about one metadata type. */
export interface Kind {
  readonly type: string;
  /** Folder and suffix in a zip; children of an object have the object's. */
  readonly folder: string;
  readonly suffix: string;
  /** Key prefix of its ids: `00N`. */
  readonly keyPrefix: string;
  readonly check: (component: Component, draft: Draft) => readonly Problem[];
  /** True when the org has it although it was never deployed: a standard object, a field that came with the book. */
  readonly exists?: (component: Component, schema: Schema) => boolean;
  /** True when deploying would change nothing, asked of a component that was never deployed but exists. */
  readonly matches?: (component: Component, schema: Schema) => boolean;
  /** Puts it into a schema, the draft's or the org's. */
  readonly define?: (component: Component, schema: Schema) => void;
  /** Rows and rights that come with it, in the org only. */
  readonly install?: (component: Component, org: Org, id: string) => void;
  /** As the org holds it now, where rows may have been changed since it was deployed. */
  readonly asHeld?: (component: Component, org: Org) => XmlElement;
  /** Checks that need the whole package in place. */
  readonly checkWhole?: (component: Component, draft: Draft) => readonly Problem[];
  /** Takes it out of a schema, the draft's or the org's. */
  readonly undefine?: (fullName: string, schema: Schema) => void;
  /** Takes its rows away; before `undefine`. */
  readonly uninstall?: (fullName: string, org: Org) => void;
}

/** `Account` of `Account.Score__c`. */
export function ownerOf(fullName: string): string {
  return fullName.slice(0, Math.max(0, fullName.indexOf('.')));
}

/** `Score__c` of `Account.Score__c`; a name without owner is its own. */
export function localNameOf(fullName: string): string {
  return fullName.slice(fullName.indexOf('.') + 1);
}
