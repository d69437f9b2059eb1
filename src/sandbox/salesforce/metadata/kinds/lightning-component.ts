import type { Component, Draft, Kind } from '../deploy/component.js';
import { checkElements } from '../types/check-elements.js';
import { error, isError, type Problem } from '../types/problem.js';
import { childrenOf, textOf } from '../xml/element.js';

/** A Lightning web component: a folder of files, described by the one that ends in `-meta.xml`. */
export const LIGHTNING_COMPONENT: Kind = {
  type: 'LightningComponentBundle',
  folder: 'lwc',
  suffix: 'js-meta.xml',
  keyPrefix: '0Rb',
  check,
};

const TARGETS: ReadonlySet<string> = new Set([
  'lightning__AppPage',
  'lightning__FlowScreen',
  'lightning__HomePage',
  'lightning__RecordAction',
  'lightning__RecordPage',
  'lightning__Tab',
  'lightning__UtilityBar',
  'lightningCommunity__Default',
  'lightningCommunity__Page',
]);

function check(component: Component, draft: Draft): readonly Problem[] {
  const { element, fullName, files = new Map() } = component;
  const shape = checkElements(element, 'LightningComponentBundle');
  if (shape.some(isError)) return shape;
  const at = (text: string): Problem => error(text, element);
  const targets = childrenOf(element, 'targets').flatMap((list) => childrenOf(list, 'target'));
  return [
    ...shape,
    ...(/^[a-z][A-Za-z0-9_]*$/.test(fullName) && fullName.length <= 40
      ? []
      : [at(`${fullName} is not a valid name of a Lightning component: it begins with a small letter`)]),
    ...(files.has(`${fullName}.js`) ? [] : [at(`No MODULE named markup://c:${fullName} found`)]),
    ...(/^\d{2}\.0$/.test(textOf(element, 'apiVersion'))
      ? []
      : [at('Required field is missing: apiVersion')]),
    ...targets
      .filter((target) => !TARGETS.has(target.text.trim()))
      .map((target) => error(`The target ${target.text.trim()} is not supported`, target)),
    ...[...files].flatMap(([file, text]) => checkFile(file, text, { component, draft })),
  ];
}

interface Within {
  readonly component: Component;
  readonly draft: Draft;
}

const ENDINGS = /\.(?:js|html|css|svg|js-meta\.xml)$/;
const IMPORT = /(?:^|\n)\s*(?:import|export)\b[^'"\n]*?(?:from\s*)?['"]([^'"]+)['"]/g;

function checkFile(file: string, text: string, { component, draft }: Within): readonly Problem[] {
  const at = (problem: string): Problem => error(`${file}: ${problem}`, component.element);
  if (!ENDINGS.test(file)) return [at('files of this kind cannot lie in a Lightning component')];
  if (file.endsWith('.html') && !/^\s*(?:<!--[\s\S]*?-->\s*)*<template[\s>]/.test(text)) {
    return [at('LWC1075: the root of a template must be <template>')];
  }
  if (!file.endsWith('.js')) return [];
  return [...text.matchAll(IMPORT)].flatMap(([, name = '']) => {
    const problem = importProblem(name, { component, draft });
    return problem === null ? [] : [at(problem)];
  });
}

function importProblem(name: string, { component, draft }: Within): string | null {
  const { fullName, files = new Map() } = component;
  if (name.startsWith('./')) {
    const path = name.slice(2);
    return files.has(path) || files.has(`${path}.js`)
      ? null
      : `LWC1011: Failed to resolve import "${name}" from "${fullName}"`;
  }
  const schema = /^@salesforce\/schema\/(\w+)(?:\.(\w+))?$/.exec(name);
  if (schema) {
    const [, object = '', field] = schema;
    const on = draft.schema.find(object);
    return on !== null && (field === undefined || on.field(field) !== null)
      ? null
      : `Invalid reference ${object}${field === undefined ? '' : `.${field}`} of type sobjectField`;
  }
  const other = /^c\/(\w+)$/.exec(name);
  if (other) {
    return draft.stored('LightningComponentBundle', other[1] ?? '')
      ? null
      : `No MODULE named markup://c:${other[1]} found`;
  }
  return /^(?:lwc|lightning\/\w+|@salesforce\/\w+\/.+)$/.test(name) ? null : `Unknown module ${name}`;
}
