import { IntegrationError } from '../ports/errors.js';

export interface RefusalFields {
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** What to do now. */
  readonly action: string;
  /** What was asked for: `pause playbook`. */
  readonly operation: string;
}

/** Somebody asked the service for something that is not there, or can't be done as things stand. */
export class ServiceRefusal extends IntegrationError {
  readonly why: 'absent' | 'conflict' | 'invalid' | 'forbidden';

  constructor(why: ServiceRefusal['why'], { code, message, action, operation }: RefusalFields) {
    super({
      kind: 'Config',
      code,
      message,
      actions: [action],
      retryable: false,
      provider: 'service',
      operation,
    });
    this.why = why;
  }
}

export function absent(fields: RefusalFields): ServiceRefusal {
  return new ServiceRefusal('absent', fields);
}

export function conflict(fields: RefusalFields): ServiceRefusal {
  return new ServiceRefusal('conflict', fields);
}

export function invalid(fields: RefusalFields): ServiceRefusal {
  return new ServiceRefusal('invalid', fields);
}
