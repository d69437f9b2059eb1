import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { Request, Response } from 'express';

/** Streams CSV text as the platform does: compressed whenever the client takes it. */
export async function sendCsv(req: Request, res: Response, pieces: Iterable<string>): Promise<void> {
  res.status(200).setHeader('Content-Type', 'text/csv; charset=UTF-8');
  const bytes = Readable.from(encoded(pieces), { objectMode: true, highWaterMark: 2 });
  try {
    if (req.acceptsEncodings('gzip') === 'gzip') {
      res.setHeader('Content-Encoding', 'gzip');
      await pipeline(bytes, createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 1 << 16 }), res);
    } else {
      await pipeline(bytes, res);
    }
  } catch (error) {
    // The client went away, or a fault cut the connection: nobody is left to answer.
    if (!res.destroyed) throw error;
  }
}

function* encoded(pieces: Iterable<string>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}
