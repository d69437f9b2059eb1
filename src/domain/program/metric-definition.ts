export type MetricUnit =
  | 'percent'
  | 'count'
  | 'days'
  | 'hours'
  | 'minutes'
  | 'points'
  | 'percentage points'
  | 'money'
  | 'per 100 accounts';

/** One number of the program: what it is called, what it counts in, and how it is worked out. */
export interface MetricDefinition {
  readonly id: string;
  readonly label: string;
  readonly unit: MetricUnit;
  /** One plain sentence of at most 255 characters. */
  readonly definition: string;
}
