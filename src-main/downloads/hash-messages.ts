/** Runs anywhere. What the core and the hash worker say to each other. Every `id` names one running hash. */

export type HashAlgorithm = 'sha256' | 'md5';

export type ToHashWorker =
  /** Begins a hash, with the first bytes of a file where there are any. Answered by `opened`. */
  | {
      kind: 'open';
      id: number;
      algorithms: HashAlgorithm[];
      prefix: { path: string; bytes: number } | null;
    }
  /** More bytes. The buffer moves over and comes back by `freed`. */
  | { kind: 'block'; id: number; buffer: ArrayBuffer; length: number }
  /** Asks for the SHA-256 of everything so far. Answered by `marked`, in order. */
  | { kind: 'mark'; id: number }
  /** Answered by `finished`; the id is then forgotten. */
  | { kind: 'finish'; id: number }
  /** Forgets the id without an answer. */
  | { kind: 'drop'; id: number }
  /** Hashes a whole file. Answered by `finished`. */
  | { kind: 'file'; id: number; path: string };

export type FromHashWorker =
  | { kind: 'opened'; id: number; sha256: string; bytes: number }
  | { kind: 'freed'; id: number; buffer: ArrayBuffer }
  | { kind: 'marked'; id: number; sha256: string }
  | { kind: 'finished'; id: number; sha256: string; md5: string | null; bytes: number }
  | { kind: 'failed'; id: number; message: string };
