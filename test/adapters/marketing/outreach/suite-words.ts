import type { MarketingTool, PropertyToCreate } from '../../../../src/ports/marketing.js';

/**
 * The suite makes properties of its own, which Outreach can't: here their names stand for custom fields. What the
 * tool itself says about properties is in upsert.test.ts.
 */
export function inTheSuitesWords(tool: MarketingTool): MarketingTool {
  const made = new Set<string>();
  const fieldOf = (name: string): string => (name === 'health_band' ? 'custom1' : name);
  const isMade = ({ object, name }: PropertyToCreate): boolean => made.has(`${object}.${name}`);
  return {
    ...tool,
    missingProperties: async (wanted) => wanted.filter((property) => !isMade(property)),
    createProperties: async (wanted) => {
      for (const { object, name } of wanted) made.add(`${object}.${name}`);
    },
    upsert: (persons) =>
      tool.upsert(
        persons.map((person) => ({
          ...person,
          properties: Object.fromEntries(
            Object.entries(person.properties).map(([name, value]) => [fieldOf(name), value]),
          ),
        })),
      ),
  };
}
