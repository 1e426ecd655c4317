/**
 * Runs in the sandboxed preload of our one window. May import: the contract and electron's renderer half.
 * It only binds IPC to the contract and hands one frozen object to the page.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { createApi, type Transport } from './contract/api.ts';

const transport: Transport = {
  invoke: (channel, message) => ipcRenderer.invoke(channel, message),
  subscribe: (channel, listener) => {
    const forward = (_event: unknown, payload: unknown): void => listener(payload);
    ipcRenderer.on(channel, forward);
    return () => {
      ipcRenderer.removeListener(channel, forward);
    };
  },
};

contextBridge.exposeInMainWorld('almagest', createApi(transport));
