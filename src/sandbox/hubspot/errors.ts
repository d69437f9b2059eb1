/** What HubSpot's envelope holds; `correlationId` is added where the answer is sent. */
export interface ErrorBody {
  readonly status: 'error';
  readonly message: string;
  readonly category?: string;
  readonly subCategory?: string;
  readonly errorType?: string;
  readonly policyName?: string;
  readonly groupName?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly errors?: readonly Readonly<Record<string, unknown>>[];
  readonly links?: Readonly<Record<string, string>>;
}

/** A refusal as HubSpot words it. */
export class VendorError extends Error {
  override readonly name = 'VendorError';
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: Omit<ErrorBody, 'status'>) {
    super(body.message);
    this.status = status;
    this.body = { status: 'error', ...body };
  }
}

export function validation(message: string, more: Partial<ErrorBody> = {}): VendorError {
  return new VendorError(400, { message, category: 'VALIDATION_ERROR', ...more });
}

export function invalidJson(problem: string): VendorError {
  return validation(`Invalid input JSON on line 1, column 1: ${problem}`);
}

export function notFound(message = 'resource not found', more: Partial<ErrorBody> = {}): VendorError {
  return new VendorError(404, { message, category: 'OBJECT_NOT_FOUND', ...more });
}

export function conflict(message: string, more: Partial<ErrorBody> = {}): VendorError {
  return new VendorError(409, { message, category: 'CONFLICT', ...more });
}

export function unauthenticated(): VendorError {
  return new VendorError(401, {
    category: 'INVALID_AUTHENTICATION',
    message:
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  });
}

export function expiredToken(): VendorError {
  return new VendorError(401, {
    category: 'EXPIRED_AUTHENTICATION',
    message: 'The OAuth token used to make this call expired.',
  });
}

export function missingScope(scope: string): VendorError {
  return new VendorError(403, {
    category: 'MISSING_SCOPES',
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: [scope] },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  });
}

export function locked(): VendorError {
  return new VendorError(423, {
    message: 'The resource is locked, please try again later.',
    category: 'LOCKED',
  });
}

const POLICY_WORDS = { TEN_SECONDLY_ROLLING: 'ten_secondly_rolling', DAILY: 'daily' } as const;

/** Burst and daily limits: `errorType` and `policyName`, no `category` (form as recorded, facts §6.3). */
export function overLimit(policyName: keyof typeof POLICY_WORDS, portalId: number): VendorError {
  return new VendorError(429, {
    message: `You have reached your ${POLICY_WORDS[policyName]} limit.`,
    errorType: 'RATE_LIMIT',
    policyName,
    groupName: `publicapi:private-apps-api-calls-${policyName === 'DAILY' ? 'daily' : 'tensecondly'}:${portalId}`,
  });
}

/** Search has its own words and no `policyName` (69 recordings). */
export function overSearchLimit(): VendorError {
  return new VendorError(429, { message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' });
}

export interface PropertyProblem {
  readonly name: string;
  readonly error: string;
  readonly message: string;
}

/** The list of problems is JSON inside the message: so HubSpot does it. */
export function invalidProperties(problems: readonly PropertyProblem[], portalId: number): VendorError {
  const listed = problems.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return validation(`Property values were not valid: ${JSON.stringify(listed)}`);
}
