import busboy from 'busboy';
import type { Request } from 'express';

/** The parts of a multipart body by name: files and fields alike, as bytes. */
export function readParts(req: Request): Promise<ReadonlyMap<string, Buffer>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, Buffer>();
    const reader = busboy({ headers: req.headers, limits: { fileSize: 64 << 20, fieldSize: 64 << 20 } });
    reader.on('file', (name, stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => parts.set(name, Buffer.concat(chunks)));
    });
    reader.on('field', (name, value) => parts.set(name, Buffer.from(value)));
    reader.on('error', reject);
    reader.on('close', () => resolve(parts));
    req.pipe(reader);
  });
}
