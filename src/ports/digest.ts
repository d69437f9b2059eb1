/** One-way texts, as arguments: the domain and the run own no cryptography. Lower-case hexadecimal. */
export interface Digest {
  /** Of content: the same text gives the same digest everywhere. */
  readonly content: (text: string) => string;
  /** Of a person's address, keyed: without the key nobody can test a guess. */
  readonly person: (email: string) => string;
}
