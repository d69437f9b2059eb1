import type { Response } from 'express';

type Ending = (chunk?: unknown, encoding?: BufferEncoding | (() => void)) => unknown;

/** Lets `bytes` of the body through, then cuts the connection as a broken network does: no last chunk, no error body. */
export function cutAfter(res: Response, bytes: number): void {
  const write = res.write.bind(res);
  let left = bytes;
  const pass = (chunk: unknown, encoding: unknown): void => {
    const body = toBytes(chunk, encoding);
    if (left > 0 && body.length > 0) {
      write(body.subarray(0, left));
    }
    left -= body.length;
    if (left <= 0) {
      setImmediate(() => res.socket?.destroy());
    }
  };
  const cutting: { write: Ending; end: Ending } = {
    write: (chunk, encoding) => {
      pass(chunk, encoding);
      return left > 0;
    },
    end: (chunk, encoding) => {
      pass(chunk, encoding);
      setImmediate(() => res.socket?.destroy());
      return res;
    },
  };
  Object.assign(res, cutting);
}

function toBytes(chunk: unknown, encoding: unknown): Buffer {
  if (typeof chunk === 'string') {
    return Buffer.from(
      chunk,
      typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8',
    );
  }
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : Buffer.alloc(0);
}
