import type { ChannelId, Touches } from '../../../domain/engagement/channel.js';

export interface MemoryChannelOptions {
  readonly id: ChannelId;
  /** Names that exist; null or absent = every target is right. */
  readonly targets?: readonly string[] | null;
  /** Holds a person alone; absent = as the channel of this id. */
  readonly exclusive?: boolean;
  /** Lets people be taken out; absent = as the channel of this id. */
  readonly leavable?: boolean;
  readonly touches?: Touches | null;
  /** Enrolments that each sender has left; null or absent = no limit. */
  readonly room?: number | null;
}

/** What goes wrong in the next call of its kind. */
export interface MemoryFault {
  readonly during: 'enrol' | 'leave';
  /** `thrown` fails the whole call before anything is done. */
  readonly as: 'unclear' | 'refused' | 'thrown';
  /** Only this request; absent = all of the call. */
  readonly key?: string;
  /** True = carried out although its answer is lost; only with `unclear`. */
  readonly done?: boolean;
}

/** Something that was done, in the order of doing. */
export interface MemoryDeed {
  readonly deed: 'enrolled' | 'left';
  readonly target: string;
  readonly key: string;
}
