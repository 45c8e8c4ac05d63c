import { ExtensionRefusal } from '@trellis/sdk'

/** The errors of an answer by the places that they are of; nothing is looked up by a remote's word in an object of ours. */
export interface ErrorTree {
  readonly here: readonly Error[]
  readonly below: ReadonlyMap<string | number, ErrorTree>
}

interface Growing extends ErrorTree {
  readonly here: Error[]
  readonly below: Map<string | number, Growing>
}

const most = { errors: 1000, depth: 100, message: 1000 } as const

/**
 * Codes under which services answer failures rather than refusals: their message may say anything, or is about the
 * document, which the gateway wrote.
 */
const failures = /^(?:INTERNAL|UNEXPECTED|GRAPHQL_|DOWNSTREAM|PERSISTED_QUERY)/

/** What a remote says went wrong, where it says so; `null` when it says nothing. */
export function readErrors(errors: unknown): ErrorTree | null {
  if (!Array.isArray(errors) || errors.length === 0) return null
  const root = grow()
  for (const error of errors.slice(0, most.errors)) {
    let node = root
    for (const step of pathOf(error)) {
      const next = node.below.get(step) ?? grow()
      node.below.set(step, next)
      node = next
    }
    node.here.push(readError(error))
  }
  return root
}

const grow = (): Growing => ({ here: [], below: new Map() })

function pathOf(error: unknown): readonly (string | number)[] {
  const path = property(error, 'path')
  if (!Array.isArray(path) || path.length > most.depth) return []
  return path.filter(step => typeof step === 'string' || typeof step === 'number')
}

/** A refusal with a code of the extension's own is the client's to read; everything else is for the log. */
function readError(error: unknown): Error {
  const message = property(error, 'message')
  const code = property(property(error, 'extensions'), 'code')
  const text = typeof message === 'string' ? message.slice(0, most.message) : 'an error without a message'
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) && !failures.test(code)
    ? new ExtensionRefusal(code, text)
    : new Error(text)
}

/** The first error at a place or below it, which is why there is nothing. */
export function firstError(tree: ErrorTree | null | undefined): Error | null {
  if (!tree) return null
  const [first] = tree.here
  if (first) return first
  for (const inner of tree.below.values()) {
    const found = firstError(inner)
    if (found) return found
  }
  return null
}

/** An own property of whatever it is. */
export const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
