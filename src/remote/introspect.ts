import { randomUUID } from 'node:crypto'
import {
  assertValidSchema,
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql'
import type { RemoteExecutor } from './executor.ts'
import type { Fail } from './fail.ts'
import { readRemoteSchema } from './read-remote-schema.ts'

/**
 * The schema that a remote has at present, asked for by the gateway itself.
 *
 * @throws RemoteFailure; `NOT_GRAPHQL` when the answer is not a schema
 */
export async function introspect(
  execute: RemoteExecutor['execute'],
  from: 'introspection' | 'service',
  fail: Fail,
): Promise<GraphQLSchema> {
  const document = from === 'service' ? '{ _service { sdl } }' : getIntrospectionQuery()
  const { data, errors } = await execute({
    document,
    variables: {},
    operationType: 'query',
    viewer: null,
    requestId: `introspection-${randomUUID()}`,
  })
  if (errors !== undefined)
    throw fail('NOT_GRAPHQL', `refuses to tell its schema: ${errors[0]?.message ?? 'no reason given'}`)
  try {
    if (from === 'service') return readRemoteSchema(sdlOf(data))
    if (!isIntrospection(data)) throw new TypeError('There is no __schema.')
    const schema = buildClientSchema(data)
    assertValidSchema(schema)
    return schema
  } catch (cause) {
    throw fail('NOT_GRAPHQL', 'answered what is not a schema.', { cause })
  }
}

function sdlOf(data: unknown): string {
  const service: unknown =
    typeof data === 'object' && data !== null ? Reflect.get(data, '_service') : undefined
  const sdl: unknown =
    typeof service === 'object' && service !== null ? Reflect.get(service, 'sdl') : undefined
  if (typeof sdl !== 'string') throw new TypeError('There is no _service.sdl.')
  return sdl
}

/** `buildClientSchema` and `assertValidSchema` check what is inside. */
const isIntrospection = (data: unknown): data is IntrospectionQuery =>
  typeof data === 'object' && data !== null && '__schema' in data
