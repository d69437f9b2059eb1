import { createGunzip } from 'node:zlib';
import busboy from 'busboy';
import type { Request } from 'express';
import { ApiError } from '../../api-error.js';

/** The whole body of an upload; ApiError when it is larger than the platform takes, an error when the client broke off. */
export async function receiveUpload(req: Request, maxBytes: number): Promise<Buffer> {
  const source = req.header('content-encoding') === 'gzip' ? req.pipe(createGunzip()) : req;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of source) {
    size += piece.length;
    // What is too much is read to its end all the same: an answer before that would be lost on most clients.
    if (size <= maxBytes) pieces.push(piece);
  }
  if (size > maxBytes)
    throw new ApiError(413, 'REQUEST_TOO_LARGE', `Uploads above ${maxBytes} bytes are not accepted`);
  return Buffer.concat(pieces);
}

export interface MultipartJob {
  readonly job: unknown;
  readonly content: Buffer;
}

/** Job and content in one request, as `multipart/form-data` with the parts `job` and `content`. */
export function receiveMultipart(req: Request, maxBytes: number): Promise<MultipartJob> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Buffer>();
    const form = busboy({ headers: req.headers, limits: { fileSize: maxBytes, fieldSize: maxBytes } });
    form.on('field', (name, value) => parts.set(name, Buffer.from(value)));
    form.on('file', (name, file) => {
      const pieces: Buffer[] = [];
      file.on('data', (piece) => pieces.push(piece));
      file.on('end', () => parts.set(name, Buffer.concat(pieces)));
    });
    form.on('error', reject);
    form.on('close', () => {
      try {
        const job: unknown = JSON.parse(parts.get('job')?.toString() ?? '');
        resolve({ job, content: parts.get('content') ?? Buffer.alloc(0) });
      } catch {
        reject(new ApiError(400, 'JSON_PARSER_ERROR', 'The part `job` must be a JSON object'));
      }
    });
    req.pipe(form);
  });
}
