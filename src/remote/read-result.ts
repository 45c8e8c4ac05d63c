import { type ExecutionResult, GraphQLError } from 'graphql'
import type { Fail } from './fail.ts'

/** Making an error takes microseconds, so a response full of them would take seconds. */
const mostErrors = 1000

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A GraphQL response: `data`, an object or null, or a list of `errors`, or both. Of errors come message, path and extensions;
 * their locations are in a document that the client has not sent.
 *
 * @throws RemoteFailure `NOT_JSON`, `NOT_GRAPHQL`
 */
export function readResult(text: string, fail: Fail): ExecutionResult {
  const response = parseJson(text, fail)
  const wrong = (what: string) => fail('NOT_GRAPHQL', `answered JSON that is no GraphQL response: ${what}.`)
  if (!isObject(response)) throw wrong('it is not an object')
  const { data, errors, extensions } = response
  if (data === undefined && errors === undefined) throw wrong('it has neither data nor errors')
  if (data !== undefined && data !== null && !isObject(data)) throw wrong('data is not an object')
  if (errors !== undefined && !Array.isArray(errors)) throw wrong('errors is not a list')
  if (data === undefined && errors?.length === 0) throw wrong('errors is empty, and there is no data')
  return {
    ...(data !== undefined && { data }),
    ...(errors !== undefined &&
      errors.length > 0 && { errors: errors.slice(0, mostErrors).map(error => readError(error, wrong)) }),
    ...(isObject(extensions) && { extensions }),
  }
}

function parseJson(text: string, fail: Fail): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message shows a piece of the text.
    throw fail('NOT_JSON', 'answered text that is not JSON.')
  }
}

function readError(error: unknown, wrong: (what: string) => Error): GraphQLError {
  if (!isObject(error) || typeof error['message'] !== 'string') throw wrong('an error has no message')
  const { message, path, extensions } = error
  return new GraphQLError(message, {
    ...(isPath(path) && { path }),
    ...(isObject(extensions) && { extensions }),
  })
}

const isPath = (value: unknown): value is (string | number)[] =>
  Array.isArray(value) && value.every(part => typeof part === 'string' || typeof part === 'number')
