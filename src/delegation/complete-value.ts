import type { Context } from '@trellis/sdk'
import {
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { copiedValue } from './copied-value.ts'
import { type ErrorTree, firstError } from './remote-errors.ts'
import type { RemoteSchema } from './remote-schema.ts'
import { storedValue } from './stored-value.ts'
import { WrongRemoteAnswer } from './wrong-remote-answer.ts'

/** Reads a record of a type that is not the remote's by its key, with the viewer's rights; `null` when there is none. */
export type ReadRecord = (typeName: string, key: string, context: Context) => unknown

/** What a value is read for. */
export interface Reading {
  readonly context: Context
  readonly schema: GraphQLSchema
  /** What the client is told of a failure. */
  readonly failure: (thrown: unknown) => Error
}

/** What a remote answered for a field, as the executor takes it: checked against the field's type, errors in place of items that failed. */
export type CompleteValue = (value: unknown, errors: ErrorTree | null, reading: Reading) => unknown

const errorsBelow = Symbol('the errors below an object of a remote')

/** The errors that an object's field had. */
export const errorsOf = (source: unknown, key: string): ErrorTree | null =>
  hasErrors(source) ? (source[errorsBelow]?.below.get(key) ?? null) : null

const hasErrors = (source: unknown): source is { readonly [errorsBelow]?: ErrorTree } =>
  typeof source === 'object' && source !== null

/** Completes the values of each type of the composed schema; nothing in an answer is taken for what it says it is. */
export function createCompleter(remote: RemoteSchema, readRecord: ReadRecord) {
  const completers = new Map<GraphQLOutputType, CompleteValue>()

  const completerOf = (type: GraphQLOutputType): CompleteValue => {
    const completer = completers.get(type) ?? create(type)
    completers.set(type, completer)
    return completer
  }

  function create(type: GraphQLOutputType): CompleteValue {
    if (isNonNullType(type)) {
      const inner = completerOf(type.ofType)
      return (value, errors, reading) => {
        const completed = inner(value, errors, reading)
        if (completed === null)
          throw new WrongRemoteAnswer(`it answered null where the type is ${String(type)}`)
        return completed
      }
    }
    const complete = completeOf(type)
    return (value, errors, reading) => {
      if (value !== null && value !== undefined) return complete(value, errors, reading)
      const error = firstError(errors)
      if (error) throw error
      if (value === undefined) throw new WrongRemoteAnswer('it left the field out')
      return null
    }
  }

  function completeOf(type: GraphQLOutputType): CompleteValue {
    if (isListType(type)) {
      const item = completerOf(type.ofType)
      return (value, errors, reading) => {
        if (!Array.isArray(value)) throw mismatch(value, type)
        return value.map((one: unknown, index) => {
          try {
            return item(one, errors?.below.get(index) ?? null, reading)
          } catch (thrown) {
            return reading.failure(thrown)
          }
        })
      }
    }
    if (isLeafType(type))
      return value => {
        try {
          return type.parseValue(value)
        } catch {
          throw mismatch(value, type)
        }
      }
    return isNonNullType(type) ? completerOf(type) : completeComposite(type)
  }

  function completeComposite(type: GraphQLCompositeType): CompleteValue {
    const reference = remote.references.get(type.name)
    if (reference !== undefined)
      return (value, _errors, { context }) => {
        const key = storedValue(value, reference)
        if (!isKey(key)) throw new WrongRemoteAnswer(`it answered a ${String(type)} without ${reference}`)
        return readRecord(type.name, String(key), context)
      }
    if (type.extensions['owner'] !== remote.name)
      return (value, _errors, { schema }) => copiedValue(value, type, schema)
    return (value, errors, { schema }) => {
      if (!isPlain(value)) throw mismatch(value, type)
      if (isAbstractType(type)) checkTypeName(value, type, schema)
      return errors === null ? value : { ...value, [errorsBelow]: errors }
    }
  }

  return completerOf
}

function checkTypeName(value: object, type: GraphQLCompositeType, schema: GraphQLSchema): void {
  const name: unknown = Reflect.get(value, '__typename')
  const found: GraphQLNamedType | undefined = typeof name === 'string' ? schema.getType(name) : undefined
  if (!isAbstractType(type) || !isObjectType(found) || !schema.isSubType(type, found))
    throw new WrongRemoteAnswer(`it answered a type that is no ${String(type)}`)
}

/** No identifier is longer; what is goes into no statement. */
const isKey = (key: unknown): key is string | number =>
  (typeof key === 'string' && key.length <= 255) || typeof key === 'number'

export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Of what kind the value was, but not the value: it may be anybody's. */
export const mismatch = (value: unknown, type: GraphQLOutputType): WrongRemoteAnswer =>
  new WrongRemoteAnswer(
    `it answered ${value === null ? 'null' : Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`} where the type is ${String(type)}`,
  )
