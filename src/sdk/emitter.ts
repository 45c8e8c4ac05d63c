import type { StandardSchemaV1 } from '@standard-schema/spec'

export interface EmitOptions {
  /** The record that it is about: events about one are heard of in their order. @default none */
  readonly entityId?: string
}

/** Tells others what happened. */
export interface Emitter {
  /**
   * Leaves word in the transaction that it is called in; whoever listens hears of it after the commit. What is emitted
   * in one turn, as by `Promise.all`, is left in one statement.
   *
   * @throws Error when the type is not declared in `emits`, or the payload is not what its schema asks for, an object of 64 KiB of JSON at most
   */
  emit(type: string, payload: unknown, options?: EmitOptions): Promise<void>
}

/** What an extension emits: types that begin with its name, and the schema of each one's payload. */
export type Emits = Readonly<Record<string, StandardSchemaV1>>
