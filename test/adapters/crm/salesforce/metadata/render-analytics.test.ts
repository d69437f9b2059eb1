import { describe, expect, it } from '@jest/globals';
import { checkAnalytics } from '../../../../../src/adapters/crm/salesforce/metadata/check-analytics.js';
import { renderAnalytics } from '../../../../../src/adapters/crm/salesforce/metadata/render-analytics.js';
import { MODEL, WORLD } from '../../../../support/analytics/our-org.js';

const files = renderAnalytics(MODEL).map((component) => ({
  ...component,
  file: `${component.type}/${component.fullName}`,
}));

describe('analytics as metadata', () => {
  it('pass our own checks', () => {
    expect(checkAnalytics(files, WORLD)).toEqual([]);
  });
});
