/**
 * Version of the score's arithmetic. Raise it when the same facts and policy would give another
 * score, band or text: it goes into every policy's version, so that history shows the change.
 */
export const ENGINE_VERSION = 2;
