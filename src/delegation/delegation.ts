import { type Context, TrellisError } from '@trellis/sdk'
import { type GraphQLFieldResolver, type GraphQLResolveInfo, responsePathAsArray } from 'graphql'
import {
  createCompleter,
  errorsOf,
  isPlain,
  mismatch,
  type Reading,
  type ReadRecord,
} from './complete-value.ts'
import { createGatherer, readResult } from './gather.ts'
import { createLookUp } from './look-up.ts'
import { type Question, variablesFor } from './plan-request.ts'
import { firstError, property } from './remote-errors.ts'
import type { RemoteSchema } from './remote-schema.ts'
import type { Transport, UpstreamOperation } from './transport.ts'
import { WrongRemoteAnswer } from './wrong-remote-answer.ts'

type Resolve = GraphQLFieldResolver<unknown, Context, Readonly<Record<string, unknown>>>

export interface DelegationOptions {
  readonly remote: RemoteSchema
  readonly transport: Transport
  readonly readRecord: ReadRecord
  /** What a client is told when a field failed. */
  readonly failure: (coordinate: string, thrown: unknown) => Error
}

/** The resolvers of a remote's fields, by coordinate. */
export interface Delegation {
  /** A field on a type of another: `typeName` has a lookup. */
  lookupField(typeName: string, fieldName: string): Resolve
  queryField(fieldName: string): Resolve
  mutationField(fieldName: string): Resolve
  subscriptionField(fieldName: string): { readonly subscribe: Resolve; readonly resolve: Resolve }
  /** A field of the remote's own type: read from what was answered for its parent. */
  ownField(typeName: string, fieldName: string): Resolve
}

/** Makes the fields of one remote answer, by asking it for all that is asked in one turn at once. */
export function createDelegation({ remote, transport, readRecord, failure }: DelegationOptions): Delegation {
  const gatherer = createGatherer(remote, transport)
  const completerOf = createCompleter(remote, readRecord)
  const lookUps = new Map(
    [...remote.lookups].map(([typeName, lookup]) => [typeName, createLookUp(remote, lookup, typeName)]),
  )

  /** A resolver whose failures are told as its field's. */
  const guarded = (
    coordinate: string,
    resolve: (reading: Reading, source: unknown, info: GraphQLResolveInfo) => unknown,
  ): Resolve => {
    const failed = (thrown: unknown): Error => failure(coordinate, thrown)
    const refuse = (thrown: unknown): never => {
      throw failed(thrown)
    }
    return (source, _args, context, info) => {
      try {
        const value = resolve({ context, schema: info.schema, failure: failed }, source, info)
        return value instanceof Promise ? value.catch(refuse) : value
      } catch (thrown) {
        throw failed(thrown)
      }
    }
  }

  const rootQuestion = ({ parentType, fieldNodes }: GraphQLResolveInfo): Question => ({
    kind: 'root',
    type: parentType,
    fields: [fieldNodes],
  })

  /** A root field by itself, as an operation of its own. */
  const operationOf = (
    info: GraphQLResolveInfo,
    operationType: UpstreamOperation['operationType'],
  ): UpstreamOperation => {
    const plan = gatherer.plansFor([rootQuestion(info)], info)
    return { document: plan.document, variables: variablesFor(plan, info.variableValues), operationType }
  }

  const completeRoot = (result: unknown, info: GraphQLResolveInfo, reading: Reading): unknown => {
    const { value, errors } = readResult(result)(0)
    return completerOf(info.returnType)(value, errors, reading)
  }

  return {
    lookupField(typeName, fieldName) {
      const lookUp = lookUps.get(typeName)
      if (!lookUp) throw new Error(`${remote.name} has no lookup for ${typeName}.`)
      return guarded(`${typeName}.${fieldName}`, (reading, parent, info) => {
        const found = lookUp(parent, info, () => gatherer.of(reading.context, info))
        if (found === null) return null
        const key = String(info.path.key)
        return found.then(({ record, errors }) => {
          if (record === null || record === undefined) {
            const error = firstError(errors)
            if (error) throw error
            return null
          }
          if (!isPlain(record)) throw mismatch(record, info.parentType)
          return completerOf(info.returnType)(property(record, key), errors?.below.get(key) ?? null, reading)
        })
      })
    },

    queryField: fieldName =>
      guarded(`Query.${fieldName}`, (reading, _source, info) => {
        const answer = gatherer.of(reading.context, info).add({ question: () => rootQuestion(info) })
        return answer.then(({ value, errors }) => completerOf(info.returnType)(value, errors, reading))
      }),

    mutationField: fieldName =>
      guarded(`Mutation.${fieldName}`, async (reading, _source, info) => {
        if (reading.context.dryRun)
          throw new TrellisError(
            'DRY_RUN_UNSUPPORTED',
            `${fieldName} is done by another service, which cannot try it and take it back. Leave it out of the dry run.`,
          )
        const path = responsePathAsArray(info.path).join('.')
        const result = await transport.execute({ ...operationOf(info, 'mutation'), path }, reading.context)
        return completeRoot(result, info, reading)
      }),

    subscriptionField(fieldName) {
      const coordinate = `Subscription.${fieldName}`
      return {
        subscribe: guarded(coordinate, ({ context, failure: failed }, _source, info) =>
          eventsOf(transport.subscribe(operationOf(info, 'subscription'), context), failed),
        ),
        resolve: guarded(coordinate, (reading, event, info) => {
          if (!(event instanceof RemoteEvent)) throw new WrongRemoteAnswer('there was no event')
          return completeRoot(event.result, info, reading)
        }),
      }
    },

    ownField: (typeName, fieldName) =>
      guarded(`${typeName}.${fieldName}`, (reading, source, info) => {
        const key = String(info.path.key)
        return completerOf(info.returnType)(property(source, key), errorsOf(source, key), reading)
      }),
  }
}

/** What a remote sent to a subscription, until the field reads it. */
class RemoteEvent {
  readonly result: unknown
  constructor(result: unknown) {
    this.result = result
  }
}

/** Each result as an event. Leaving is passed on at once, even while the next event is waited for. */
function eventsOf(
  results: AsyncIterable<unknown>,
  failed: (thrown: unknown) => Error,
): AsyncIterator<RemoteEvent> & AsyncIterable<RemoteEvent> {
  const iterator = results[Symbol.asyncIterator]()
  const events: AsyncIterator<RemoteEvent> & AsyncIterable<RemoteEvent> = {
    async next() {
      try {
        const { done, value } = await iterator.next()
        return done ? { done, value: undefined } : { done: false, value: new RemoteEvent(value) }
      } catch (thrown) {
        throw failed(thrown)
      }
    },
    async return() {
      await iterator.return?.()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => events,
  }
  return events
}
