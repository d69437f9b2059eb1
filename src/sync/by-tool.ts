import { CHANNELS, type ChannelId } from '../domain/engagement/channel.js';
import { IntegrationError } from '../ports/errors.js';
import { isPause } from './pause.js';

/** Tools that failed in this run, and how: what goes through the others is carried out all the same. */
export interface ByTool {
  /** Does something through a channel; null when its tool fails, or has failed before in this run. */
  readonly attempt: <T>(channel: ChannelId, act: () => Promise<T>) => Promise<T | null>;
  /** Throws what failed first. Called when all that could be done is done. */
  readonly say: () => void;
}

export function byTool(): ByTool {
  const failed = new Map<string, IntegrationError>();
  return {
    attempt: async (channel, act) => {
      const { tool } = CHANNELS[channel];
      if (tool !== null && failed.has(tool)) return null;
      try {
        return await act();
      } catch (error) {
        if (!(error instanceof IntegrationError) || error.provider !== tool || isPause(error)) throw error;
        failed.set(tool, error);
        return null;
      }
    },
    say: () => {
      for (const error of failed.values()) throw error;
    },
  };
}
