/** Asking the AstroBin part of a sample archive in tests. */
import { sampleAstrobinKey, sampleAstrobinSecret } from '#main/sample/astrobin/credentials.ts';

export interface AstrobinList<T = Record<string, unknown>> {
  meta: {
    limit: number;
    next: string | null;
    offset: number;
    previous: string | null;
    total_count: number;
  };
  objects: T[];
}

export interface AstrobinReply {
  status: number;
  type: string;
  headers: Headers;
  text: string;
}

export const astrobinCredentials = `api_key=${sampleAstrobinKey}&api_secret=${sampleAstrobinSecret}`;

export interface AstrobinAsker {
  /** `path` is below `/api/v1`; `query` is what follows key, secret and format. */
  ask(path: string, query?: string, init?: RequestInit): Promise<AstrobinReply>;
  json<T>(path: string, query?: string): Promise<T>;
  /** Status and the framework's words. */
  refusal(path: string, query: string): Promise<[number, string]>;
}

export function astrobinAsker(base: () => string): AstrobinAsker {
  const ask: AstrobinAsker['ask'] = async (path, query = '', init = {}) => {
    const parameters = `${astrobinCredentials}&format=json${query === '' ? '' : `&${query}`}`;
    const answer = await fetch(`${base()}/api/v1${path}?${parameters}`, {
      redirect: 'manual',
      ...init,
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      headers: answer.headers,
      text: await answer.text(),
    };
  };
  return {
    ask,
    async json<T>(path: string, query = '') {
      const { status, text } = await ask(path, query);
      if (status !== 200) throw new Error(`${status} ${path}?${query}: ${text.slice(0, 300)}`);
      return JSON.parse(text) as T;
    },
    async refusal(path, query) {
      const { status, text } = await ask(path, query);
      const body = JSON.parse(text) as { error?: string; error_message?: string };
      return [status, body.error ?? body.error_message ?? ''];
    },
  };
}
