/** A refusal in the words of the first Bulk API: always HTTP 400, as XML. */
export class BulkRefusal extends Error {
  constructor(
    readonly exceptionCode: string,
    message: string,
  ) {
    super(message);
  }
}
