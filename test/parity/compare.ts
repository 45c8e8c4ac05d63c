import { type Answer, valueAt } from '@trellis/testing'
import { stableJson } from '../../src/lib/stable-json.ts'

type AnsweredError = NonNullable<Answer['errors']>[number]

interface Comparable {
  readonly data: string
  /** Errors of the places that they stand for, each as JSON, sorted. */
  readonly errors: readonly string[]
  /**
   * Places that became null for errors below them. Where several fail there, an executor may stop at the first
   * one that it comes to, so which ones are told is left to it.
   */
  readonly lost: readonly string[]
}

export interface CompareOptions {
  /** Whether fields have to come in the same order. @default true */
  readonly ordered?: boolean
}

/** Where two answers to one operation begin to differ, in words; `null` when they say the same. */
export function difference(
  expected: Answer,
  actual: Answer,
  { ordered = true }: CompareOptions = {},
): string | null {
  const [one, other] = [comparable(expected, ordered), comparable(actual, ordered)]
  if (one.data !== other.data) return between('data', one.data, other.data)
  const [errors, otherErrors] = [one.errors.join('\n'), other.errors.join('\n')]
  if (errors !== otherErrors) return between('errors', errors, otherErrors)
  const [lost, otherLost] = [one.lost.join(' '), other.lost.join(' ')]
  if (lost !== otherLost) return between('places that errors took with them', lost, otherLost)
  return null
}

function comparable({ data, errors = [] }: Answer, ordered: boolean): Comparable {
  const placed = errors.map(error => ({
    place: placeLost(data ?? null, error),
    text: JSON.stringify(pathFirst(error)),
  }))
  // An answer without data is another one than with `null`.
  const shown = data === undefined ? 'none' : JSON.stringify(data, withPlaces)
  return {
    data: ordered || data === undefined ? shown : stableJson(JSON.parse(shown)),
    errors: placed.flatMap(({ place, text }) => (place === null ? [text] : [])).toSorted(),
    lost: [...new Set(placed.flatMap(({ place }) => place ?? []))].toSorted(),
  }
}

/** In the place of a cursor what it says: the same place in a list may be written in several ways. */
function withPlaces(_: string, value: unknown): unknown {
  const cursor = typeof value === 'string' ? /^(?<body>W[\w-]+)\.[\w-]{12}$/.exec(value) : null
  if (!cursor?.groups) return value
  const place = Buffer.from(cursor.groups['body'] ?? '', 'base64url').toString()
  return place.replaceAll(/\d{4}-\d\d-\d\dT[\d:.+Z]+/g, instant => String(Date.parse(instant)))
}

/** The place above an error's own that is null; `null` where none is, so that it is the error's own at most. */
function placeLost(data: unknown, { path = [] }: AnsweredError): string | null {
  for (let length = 0; length < path.length; length += 1) {
    const place = path.slice(0, length).join('.')
    if ((length === 0 ? data : valueAt(data, place)) === null) return `/${place}`
  }
  return null
}

/** So that errors are sorted by their paths. */
const pathFirst = ({ path, message, extensions, ...rest }: AnsweredError) => ({
  path,
  message,
  extensions,
  ...rest,
})

/** Both texts around the character from which on they differ. */
function between(what: string, expected: string, actual: string): string {
  let start = 0
  while (start < expected.length && expected[start] === actual[start]) start += 1
  const around = (text: string): string => text.slice(Math.max(0, start - 100), start + 200)
  return `${what} differ:\n- ${around(expected)}\n+ ${around(actual)}`
}
