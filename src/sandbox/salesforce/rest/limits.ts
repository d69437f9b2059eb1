import type { RestAnswer, RestRequest, RestRoute } from './contract.js';

export const LIMIT_ROUTES: readonly RestRoute[] = [
  { method: 'GET', pattern: '/limits', kind: 'limits', run: limits },
  { method: 'GET', pattern: '/limits/recordCount', kind: 'limits', run: recordCount },
];

/** Beside the API requests, which really count, the limits of a Developer Edition as they stand on a quiet day. */
const QUIET: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDurableStreamingApiEvents: 10_000,
  DailyStreamingApiEvents: 10_000,
  DurableStreamingApiConcurrentClients: 20,
  FileStorageMB: 20,
  HourlyAsyncReportRuns: 1_200,
  HourlyDashboardRefreshes: 200,
  HourlyPublishedPlatformEvents: 50_000,
  HourlySyncReportRuns: 500,
  MassEmail: 10,
  SingleEmail: 15,
  StreamingApiConcurrentClients: 20,
};

/** Kilobytes that a row costs, whatever is in it (facts §8). */
const KILOBYTES = 2;
const STORAGE_MB = 10_240;

function limits({ room }: RestRequest): RestAnswer {
  const { quota, schema, table } = room.org;
  const rows = schema.objects().reduce((sum, object) => sum + table(object.name).slotCount(), 0);
  const used = Math.ceil((rows * KILOBYTES) / 1024);
  return {
    status: 200,
    body: {
      ...Object.fromEntries(Object.entries(QUIET).map(([name, max]) => [name, { Max: max, Remaining: max }])),
      DailyApiRequests: { Max: quota.max(), Remaining: Math.max(0, quota.max() - quota.used()) },
      DataStorageMB: {
        Max: Math.max(STORAGE_MB, used * 2),
        Remaining: Math.max(STORAGE_MB, used * 2) - used,
      },
    },
  };
}

function recordCount({ room, query }: RestRequest): RestAnswer {
  const { schema, table } = room.org;
  const asked = query.get('sObjects')?.split(',');
  const objects = schema
    .objects()
    .filter(
      (object) =>
        asked === undefined || asked.some((name) => name.toLowerCase() === object.name.toLowerCase()),
    );
  return {
    status: 200,
    body: {
      sObjects: objects.map((object) => ({ count: table(object.name).liveCount(), name: object.name })),
    },
  };
}
