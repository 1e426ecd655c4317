/**
 * Runs in Electron's main process. The system's keyring by `safeStorage`, its asynchronous half alone: the other
 * one stops the process while a keyring asks for its password, and is going away.
 */
import { safeStorage } from 'electron';
import type { Vault } from '../secrets/vault.ts';

/** On Linux `basic_text` encrypts with a password that everybody knows: that is no keyring. */
function isOnlyDisguise(): boolean {
  return process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
}

export function createKeyringVault(): Vault {
  return {
    isAvailable: async () => !isOnlyDisguise() && (await safeStorage.isAsyncEncryptionAvailable()),
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes);
      return { text: result, isStale: shouldReEncrypt };
    },
  };
}
