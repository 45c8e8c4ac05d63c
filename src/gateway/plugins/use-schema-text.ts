import { TrellisError } from '@trellis/sdk'
import { type GraphQLSchema, printSchema } from 'graphql'
import { describeFailure } from '../../lib/describe-failure.ts'
import type { GatewayPlugin } from '../exchange.ts'
import { refusalResponse } from '../refusal-response.ts'
import { type Authenticate, unauthenticated } from './use-identity.ts'

export interface SchemaTextOptions {
  readonly authenticate: Authenticate
  /** Whether it takes no key. */
  readonly isOpen: boolean
}

/** The SDL as text at `/graphql/schema`, for code generators and readers. */
export function useSchemaText({ authenticate, isOpen }: SchemaTextOptions): GatewayPlugin {
  // Printing takes some milliseconds; a schema that was swapped out takes its text with it.
  const texts = new WeakMap<GraphQLSchema, string>()
  const textOf = (current: GraphQLSchema) => {
    const text = texts.get(current) ?? `${printSchema(current)}\n`
    texts.set(current, text)
    return text
  }
  return {
    async onRequest({ request, url, fetchAPI, serverContext: { exchange }, ...hook }) {
      if (url.pathname !== '/graphql/schema') return
      const refuse = (error: TrellisError) =>
        hook.endResponse(refusalResponse(error, { requestId: exchange.requestId, fetchAPI }))
      try {
        if (!isOpen) {
          exchange.viewer = await authenticate(request, exchange.connection)
          if (exchange.viewer === null) return refuse(unauthenticated())
        }
        hook.endResponse(
          new fetchAPI.Response(textOf(exchange.generation.schema), {
            headers: { 'content-type': 'text/plain; charset=utf-8' },
          }),
        )
      } catch (error) {
        exchange.log.error({ failure: describeFailure(error) }, 'the schema could not be shown')
        refuse(new TrellisError('UNAVAILABLE', 'The schema cannot be shown at present. Try again shortly.'))
      }
    },
  }
}
