import type { CrmMapping } from '../../ports/mapping.js';
import { didYouMean } from '../nearest-name.js';
import type { Normalised } from '../normalised/normalise.js';
import type { WrittenService } from '../normalised/service.js';
import type { ServiceSettings } from '../resolved.js';
import type { Findings } from './findings.js';

/** What is listened to unless the file says otherwise. */
const USUAL_FEED: readonly string[] = ['Case', 'Opportunity'];

/** config/service.yaml, with the objects of the change feed compared with the mapping. */
export function checkService(
  { file, value }: Normalised<WrittenService>,
  crm: CrmMapping | null,
  findings: Findings,
): ServiceSettings {
  const mapped = crm === null ? null : [...new Set(crm.objects.map(({ object }) => object))];
  const written = value.feed.objects;
  for (const [index, object] of (written ?? []).entries()) {
    if (mapped === null || mapped.includes(object)) continue;
    const message = `no attribute is read from "${object}" in mappings/salesforce.yaml${didYouMean(object, mapped)}`;
    findings.report(file.problemAt(['feed', 'objects', index], message));
  }
  const objects = written ?? USUAL_FEED.filter((object) => mapped?.includes(object));
  return { ...value, feed: { on: value.feed.on, objects: [...new Set(objects)] } };
}
