import type { Response } from 'express';
import { asApiError } from './answers.js';

/** Answers a switch: what it returns, or why not. */
export function attempt(res: Response, run: () => unknown): void {
  try {
    res.json(run());
  } catch (error) {
    const known = asApiError(error);
    res.status(known.status).json({ message: known.message });
  }
}
