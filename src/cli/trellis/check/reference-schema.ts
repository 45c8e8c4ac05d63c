import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildClientSchema,
  buildSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql'
import { z } from 'zod'
import { askGateway } from '../ask-gateway.ts'
import { CommandError } from '../command-error.ts'

/** The committed schema: what clients were told. */
export const committedSchema = join(import.meta.dirname, '..', '..', '..', '..', 'schema.graphql')

/**
 * The schema in a file of SDL, or the one that a gateway at an address answers.
 *
 * @throws CommandError when it cannot be read
 */
export async function referenceSchema(reference: string, key: string | null): Promise<GraphQLSchema> {
  if (/^https?:/.test(reference))
    return buildClientSchema(
      await askGateway(
        { url: reference, key },
        { query: getIntrospectionQuery(), shape: z.custom<IntrospectionQuery>() },
      ),
    )
  try {
    return buildSchema(readFileSync(reference, 'utf8'))
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`${reference} is no schema to compare with: ${said}`, { exitCode: 2, cause })
  }
}
