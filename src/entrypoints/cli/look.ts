import { digestOf, loadSettings } from '../../compose.js';
import type { ChannelId } from '../../domain/engagement/channel.js';
import { CHANNEL_IDS, CHANNELS } from '../../domain/engagement/channel.js';
import { NO_PROGRESS } from '../../ports/progress.js';
import type { Settings } from '../../ports/settings.js';
import type { StateStore } from '../../ports/state-store.js';
import type { Looking } from '../../sync/account-today.js';
import type { Folder } from './invocation.js';

/** What a look at a folder's state needs. Nobody is connected to. */
export interface Look extends Looking {
  /** Channels that the environment connects; all of them where it names no org at all. */
  readonly connected: ReadonlySet<ChannelId>;
}

export function lookAt(folder: Folder, state: StateStore): Look {
  const settings = loadSettings(folder.folder);
  return {
    state,
    settings,
    clock: folder.clock,
    log: folder.log,
    digest: digestOf(folder),
    progress: NO_PROGRESS,
    connected: connectedIn(folder, settings),
  };
}

function connectedIn({ environment }: Folder, settings: Settings): ReadonlySet<ChannelId> {
  const { salesforce, hubspot, outreach, webhook } = environment;
  if (salesforce === null) return new Set(CHANNEL_IDS);
  const tools = { hubspot: hubspot !== null && settings.marketing !== null, outreach: outreach !== null };
  return new Set(
    CHANNEL_IDS.filter((id) => {
      const { tool } = CHANNELS[id];
      return id === 'webhook' ? webhook !== null : tool === null || tools[tool];
    }),
  );
}
