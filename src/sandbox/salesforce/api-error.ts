/** A refusal in the platform's words: thrown anywhere in the server, answered by the route in its own form (REST, SOAP, Bulk). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly fields: readonly string[] = [],
  ) {
    super(message);
  }
}

export function notFound(message = 'The requested resource does not exist'): ApiError {
  return new ApiError(404, 'NOT_FOUND', message);
}

export function invalidType(object: string): ApiError {
  const advice =
    "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.";
  return new ApiError(400, 'INVALID_TYPE', `sObject type '${object}' is not supported. ${advice}`);
}
