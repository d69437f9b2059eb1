import { z } from 'zod';
import type { Heard } from '../../../service/webhooks/heard.js';

const ID = z.union([z.int(), z.string().regex(/^\d{1,20}$/)]);
const LINK = z.object({ data: z.object({ id: ID }).nullish() });
const EVENT = z.object({
  data: z.object({
    type: z.string(),
    id: ID,
    relationships: z.object({ prospect: LINK.optional() }).optional(),
  }),
  meta: z.object({ eventName: z.string().optional(), deliveredAt: z.string().optional() }).optional(),
});

/** The prospect that something happened to; null when it is no delivery of Outreach's. */
export function heardFromOutreach(body: unknown, text: string): Heard | null {
  const read = EVENT.safeParse(body);
  if (!read.success) return null;
  const { data, meta } = read.data;
  const prospect = data.type === 'prospect' ? data.id : (data.relationships?.prospect?.data?.id ?? null);
  const sentAt = Date.parse(meta?.deliveredAt ?? '');
  return {
    tool: 'outreach',
    records: prospect === null ? [] : [String(prospect)],
    delivery: text,
    sentAt: Number.isNaN(sentAt) ? null : sentAt,
  };
}
