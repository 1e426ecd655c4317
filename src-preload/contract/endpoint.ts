import type * as v from 'valibot';

/** A schema of an endpoint's arguments. */
export type ArgumentSchema = v.GenericSchema<unknown, unknown>;

/** An endpoint: the schema of its arguments and, at type level only, its result. */
export interface Endpoint<S extends ArgumentSchema, R> {
  readonly schema: S;
  readonly result?: R;
}

/** Declares an endpoint: `endpoint<Result>()(schema)`; the argument type is inferred from the schema. */
export function endpoint<R>() {
  return <S extends ArgumentSchema>(schema: S): Endpoint<S, R> => ({ schema });
}

export type EndpointGroup = Readonly<Record<string, Endpoint<ArgumentSchema, unknown>>>;
export type ContractShape = Readonly<Record<string, EndpointGroup>>;

/** Name of the IPC channel of one endpoint. */
export function channelOf(domain: string, method: string): string {
  return `almagest:${domain}.${method}`;
}

/** Name of the IPC channel of one event. */
export function eventChannelOf(name: string): string {
  return `almagest:event.${name}`;
}
