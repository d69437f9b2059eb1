import { makeId } from '../../ids.js';
import type { Org } from '../../store/org.js';
import { openArchive } from './archive.js';
import { commit } from './commit.js';
import type { ComponentStore } from './component-store.js';
import { readComponents } from './components.js';
import { type DeployMessages, type DeployOptions, failure, messagesOf } from './deploy-result.js';
import { type Plan, planDeploy } from './plan.js';

export type DeployStatus = 'Pending' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceled';

export interface DeployJob {
  readonly zip: Uint8Array;
  readonly id: string;
  readonly options: DeployOptions;
  readonly userId: string;
  readonly createdDate: string;
  readonly completedDate: string | null;
  readonly status: DeployStatus;
  readonly messages: DeployMessages;
}

/** Deploys asked for: each is carried out once, a moment after it was asked for. */
export interface DeployJobs {
  readonly start: (zip: Uint8Array, options: DeployOptions, userId: string) => DeployJob;
  /** Carries a validation out: the same zip, for real. */
  readonly again: (validation: DeployJob, userId: string) => DeployJob;
  readonly find: (id: string) => DeployJob | undefined;
  /** Only a deploy that has not begun can be cancelled. */
  readonly cancel: (id: string) => DeployJob | undefined;
}

export function startDeployJobs(org: Org, store: ComponentStore): DeployJobs {
  const jobs = new Map<string, DeployJob>();
  const find = (id: string): DeployJob | undefined =>
    [...jobs.values()].find((job) => job.id === id || job.id.slice(0, 15) === id);
  const carryOut = (id: string): void => {
    const job = jobs.get(id);
    if (job?.status === 'Pending') jobs.set(id, { ...job, ...run(job.zip, job.options, { org, store }) });
  };
  const start = (zip: Uint8Array, options: DeployOptions, userId: string): DeployJob => {
    const id = makeId('0Af', jobs.size + 1, 'Md1');
    const job: DeployJob = { ...NEW_JOB, id, zip, options, userId, createdDate: org.stamp() };
    jobs.set(id, job);
    setImmediate(() => carryOut(id));
    return job;
  };
  return {
    find,
    start,
    again: ({ zip, options }, userId) => start(zip, { ...options, checkOnly: false }, userId),
    cancel: (id) => {
      const job = find(id);
      if (job?.status !== 'Pending') return job;
      const cancelled: DeployJob = { ...job, status: 'Canceled', completedDate: org.stamp() };
      jobs.set(job.id, cancelled);
      return cancelled;
    },
  };
}

const NEW_JOB: Pick<DeployJob, 'completedDate' | 'status' | 'messages'> = {
  completedDate: null,
  status: 'Pending',
  messages: { componentFailures: [], componentSuccesses: [] },
};

interface Room {
  readonly org: Org;
  readonly store: ComponentStore;
}

type Outcome = Pick<DeployJob, 'status' | 'messages' | 'completedDate'>;

function run(zip: Uint8Array, options: DeployOptions, room: Room): Outcome {
  const stamp = room.org.stamp();
  const { archive, problems } = openArchive(zip, options.singlePackage);
  if (!archive) {
    const componentFailures = problems.map(({ fileName, problem }) =>
      failure({ type: '', fullName: fileName || 'package.xml', fileName, problem }, stamp),
    );
    return {
      status: 'Failed',
      messages: { componentFailures, componentSuccesses: [] },
      completedDate: stamp,
    };
  }
  const plan = planDeploy(
    { ...readComponents(archive), deletions: [...archive.deletionsBefore, ...archive.deletionsAfter] },
    room.org,
    room.store,
  );
  const goesAhead = plan.refused.length === 0 || !options.rollbackOnError;
  if (goesAhead && !options.checkOnly) commit(plan, room.org, room.store);
  return {
    status: statusOf(plan, options),
    messages: messagesOf(plan, room.store, stamp),
    completedDate: stamp,
  };
}

function statusOf(plan: Plan, options: DeployOptions): DeployStatus {
  if (plan.refused.length === 0) return 'Succeeded';
  const anything = plan.accepted.length + plan.deletions.length > 0;
  return options.rollbackOnError || !anything ? 'Failed' : 'SucceededPartial';
}

/** The platform's DeployResult, for SOAP and REST alike; without `details` unless asked for. */
export function deployResultOf(job: DeployJob, userName: string, includeDetails: boolean) {
  const { componentFailures, componentSuccesses } = job.messages;
  const done = job.status !== 'Pending';
  const deployed = componentSuccesses.filter((one) => one.componentType !== '').length;
  const details = {
    componentFailures,
    componentSuccesses,
    runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
  };
  return {
    checkOnly: job.options.checkOnly,
    ...(done ? { completedDate: job.completedDate } : {}),
    createdBy: job.userId,
    createdByName: userName,
    createdDate: job.createdDate,
    ...(includeDetails ? { details } : {}),
    done,
    id: job.id,
    ignoreWarnings: job.options.ignoreWarnings,
    lastModifiedDate: job.completedDate ?? job.createdDate,
    numberComponentErrors: componentFailures.length,
    numberComponentsDeployed: job.status === 'Failed' && job.options.rollbackOnError ? 0 : deployed,
    numberComponentsTotal: deployed + componentFailures.length,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: job.options.rollbackOnError,
    runTestsEnabled: false,
    startDate: job.createdDate,
    status: job.status,
    success: job.status === 'Succeeded',
  };
}
