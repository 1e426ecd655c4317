/** Runs in plain Node. What a shell offers to keep a secret by: the system's keyring, reached through Electron. */
export interface Vault {
  /** False where the system has no keyring, so that "encrypting" would only disguise. */
  isAvailable(): Promise<boolean>;
  /** Rejects when the keyring does not give its key. */
  encrypt(text: string): Promise<Buffer>;
  /**
   * Rejects when the keyring lost or changed its key, or is locked. `isStale` asks for encrypting anew: the
   * keyring has a newer key.
   */
  decrypt(bytes: Buffer): Promise<{ text: string; isStale: boolean }>;
}
