import { z } from 'zod';

/** The shapes of Salesforce's answers, as far as we read them. */

export const tokenAnswer = z.object({
  access_token: z.string().min(1),
  instance_url: z.string().optional(),
  id: z.string().optional(),
  refresh_token: z.string().optional(),
});

const sobject = z.object({
  name: z.string(),
  label: z.string(),
  custom: z.boolean(),
  queryable: z.boolean(),
});

export const globalDescribe = z.object({ sobjects: z.array(sobject) });

const fieldDescribe = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number().default(0),
  precision: z.number().default(0),
  scale: z.number().default(0),
  custom: z.boolean(),
  nillable: z.boolean(),
  calculated: z.boolean().default(false),
  createable: z.boolean(),
  updateable: z.boolean(),
  permissionable: z.boolean().default(true),
  unique: z.boolean().default(false),
  externalId: z.boolean().default(false),
  referenceTo: z.array(z.string()).nullish(),
  relationshipName: z.string().nullish(),
  restrictedPicklist: z.boolean().default(false),
  picklistValues: z.array(z.object({ value: z.string(), active: z.boolean().default(true) })).nullish(),
});

export const objectDescribe = sobject.extend({
  keyPrefix: z.string().nullish(),
  updateable: z.boolean(),
  fields: z.array(fieldDescribe),
});
export type ObjectDescribe = z.infer<typeof objectDescribe>;

export const batchAnswer = z.object({
  results: z.array(z.object({ statusCode: z.number(), result: z.unknown() })),
});

export const compositeAnswer = z.object({
  compositeResponse: z.array(
    z.object({ body: z.unknown(), httpStatusCode: z.number(), referenceId: z.string() }),
  ),
});

export const queryAnswer = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().nullish(),
  records: z.array(z.record(z.string(), z.unknown())),
});
export type QueryAnswer = z.infer<typeof queryAnswer>;

export const recordCounts = z.object({
  sObjects: z.array(z.object({ name: z.string(), count: z.number() })),
});

export const organization = z.object({
  Id: z.string(),
  Name: z.string(),
  TimeZoneSidKey: z.string().nullish(),
  IsSandbox: z.boolean().nullish(),
  OrganizationType: z.string().nullish(),
  TrialExpirationDate: z.string().nullish(),
});

const saveError = z.object({
  statusCode: z.string(),
  message: z.string(),
  fields: z.array(z.string()).nullish(),
});

export const saveResults = z.array(
  z.object({ id: z.string().nullish(), success: z.boolean(), errors: z.array(saveError).default([]) }),
);

export const bulkJob = z.object({
  id: z.string(),
  state: z.string(),
  numberRecordsProcessed: z.number().default(0),
  numberRecordsFailed: z.number().default(0),
  errorMessage: z.string().nullish(),
});
export type BulkJob = z.infer<typeof bulkJob>;

export const userInfo = z.object({ user_id: z.string(), preferred_username: z.string().default('') });

export const createAnswer = z.object({ id: z.string(), success: z.boolean() });

const deployMessage = z.object({ fullName: z.string().nullish(), problem: z.string().nullish() });

const deployStatus = z.object({
  done: z.boolean(),
  success: z.boolean().default(false),
  status: z.string().nullish(),
  errorMessage: z.string().nullish(),
  details: z.object({ componentFailures: z.array(deployMessage).nullish() }).nullish(),
});
export type DeployStatus = z.infer<typeof deployStatus>;

export const deployAnswer = z.object({ id: z.string(), deployResult: deployStatus.nullish() });
