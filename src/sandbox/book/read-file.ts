import { closeSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { type CsvListener, readCsv } from '../csv/read-csv.js';

const PIECE = 1 << 20;

/** Reads a CSV file of any size, a megabyte at a time. */
export function readCsvFile(path: string, listener: CsvListener): void {
  const file = openSync(path, 'r');
  try {
    const reader = readCsv(',', listener);
    const decoder = new StringDecoder('utf8');
    const piece = Buffer.alloc(PIECE);
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) {
      reader.push(decoder.write(piece.subarray(0, size)));
    }
    reader.push(decoder.end());
    reader.end();
  } finally {
    closeSync(file);
  }
}
