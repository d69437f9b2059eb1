import type { Problem } from '../types/problem.js';
import type { ComponentStore } from './component-store.js';
import type { Misfit } from './components.js';
import type { Plan, PlannedComponent, PlannedDeletion } from './plan.js';

export interface DeployOptions {
  readonly allowMissingFiles: boolean;
  readonly autoUpdatePackage: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly performRetrieve: boolean;
  readonly purgeOnDelete: boolean;
  readonly rollbackOnError: boolean;
  readonly singlePackage: boolean;
  readonly testLevel: string | null;
}

/** One line of a deploy's result, with the platform's own names. (A type: an interface would not fit what is rendered.) */
export type DeployMessage = {
  readonly changed: boolean;
  readonly columnNumber?: number;
  readonly componentType: string;
  readonly created: boolean;
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: string;
  readonly success: boolean;
};

const NOTHING_DONE = { changed: false, created: false, deleted: false };

export interface DeployMessages {
  readonly componentFailures: readonly DeployMessage[];
  readonly componentSuccesses: readonly DeployMessage[];
}

/** What a plan came to, line by line, package.xml among them as the platform has it. */
export function messagesOf(plan: Plan, store: ComponentStore, stamp: string): DeployMessages {
  const failures = plan.refused.map((misfit) => failure(misfit, stamp));
  const manifest = failures.some((one) => one.fileName === 'package.xml') ? [] : [manifestMessage(stamp)];
  return {
    componentFailures: failures,
    componentSuccesses: [
      ...plan.accepted.map((planned) => success(planned, store, stamp)),
      ...plan.deletions.map((deletion) => deletionMessage(deletion, stamp)),
      ...manifest,
    ],
  };
}

export function failure({ type, fullName, fileName, problem }: Misfit, stamp: string): DeployMessage {
  return {
    ...NOTHING_DONE,
    componentType: type,
    createdDate: stamp,
    fileName,
    fullName,
    ...placed(problem),
    success: false,
  };
}

function placed(problem: Problem): Partial<DeployMessage> {
  return {
    columnNumber: problem.column,
    lineNumber: problem.line,
    problem: problem.problem,
    problemType: problem.problemType,
  };
}

function success(
  { component, action, warnings }: PlannedComponent,
  store: ComponentStore,
  stamp: string,
): DeployMessage {
  const { type, fullName, fileName } = component;
  const id = store.find(type, fullName)?.id;
  const warning = warnings[0];
  return {
    changed: action !== 'unchanged',
    componentType: type,
    created: action === 'created',
    createdDate: stamp,
    deleted: false,
    fileName,
    fullName,
    ...(id === undefined ? {} : { id }),
    ...(warning ? placed(warning) : {}),
    success: true,
  };
}

function deletionMessage({ type, fullName, exists }: PlannedDeletion, stamp: string): DeployMessage {
  const problem = exists ? {} : { problem: `No ${type} named: ${fullName} found`, problemType: 'Warning' };
  return {
    changed: exists,
    componentType: type,
    created: false,
    createdDate: stamp,
    deleted: exists,
    fileName: 'destructiveChanges.xml',
    fullName,
    ...problem,
    success: true,
  };
}

function manifestMessage(stamp: string): DeployMessage {
  return {
    changed: true,
    componentType: '',
    created: false,
    createdDate: stamp,
    deleted: false,
    fileName: 'package.xml',
    fullName: 'package.xml',
    success: true,
  };
}
