import { z } from 'zod';

/** The shapes of CometD's answers, as far as we read them. */

const advice = z.object({
  reconnect: z.enum(['retry', 'handshake', 'none']).optional(),
  /** Milliseconds to wait before the next connect. */
  interval: z.number().optional(),
  /** Milliseconds that the server holds a connect. */
  timeout: z.number().optional(),
});
export type Advice = z.infer<typeof advice>;

export const message = z.object({
  channel: z.string(),
  successful: z.boolean().optional(),
  clientId: z.string().optional(),
  error: z.string().optional(),
  advice: advice.optional(),
  ext: z.object({ sfdc: z.object({ failureReason: z.string().optional() }).optional() }).optional(),
  data: z.unknown().optional(),
});
export type Message = z.infer<typeof message>;

export const messages = z.array(message);

export const changeEvent = z.object({
  payload: z.object({
    ChangeEventHeader: z.object({
      recordIds: z.array(z.string()),
      changeType: z.string(),
      changeOrigin: z.string().default(''),
      commitTimestamp: z.number().nullish(),
      changedFields: z.array(z.string()).default([]),
    }),
  }),
  event: z.object({ replayId: z.number() }),
});
export type ChangeEvent = z.infer<typeof changeEvent>;
