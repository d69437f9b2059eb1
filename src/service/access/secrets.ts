import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A new token: 32 random bytes, told apart from other secrets by how it begins. */
export function newToken(): string {
  return `tn_${newSecret()}`;
}

/** 32 random bytes as text that goes into a header, a cookie or a form as it is. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hex. Enough for what is random and long; a password needs `hashPassword`. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(a), 'hex'), Buffer.from(hashOf(b), 'hex'));
}

interface Cost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** About 32 MB and a tenth of a second for each guess. */
const COST: Cost = { n: 32_768, r: 8, p: 1 };
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$hash`, so that a later cost can stand beside an earlier one. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.n, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** False as well where what is kept is no hash of ours. Takes as long for a wrong password as for the right one. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [kind, n, r, p, salt = '', hash = ''] = kept.split('$');
  const expected = Buffer.from(hash, 'base64url');
  if (kind !== 'scrypt' || expected.length !== KEY_BYTES) return false;
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost), expected);
}

function derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  const maxmem = 256 * n * r;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, { N: n, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
