import { parseArgs } from 'node:util'
import type { Resolution } from '../../database/migrations/index.ts'

/** What was asked for. `extension` is `null` for the core. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'status' }
  | { readonly kind: 'apply' }
  | { readonly kind: 'new'; readonly name: string; readonly extension: string | null }
  | {
      readonly kind: 'resolve'
      readonly name: string
      readonly extension: string | null
      readonly resolution: Resolution
    }

/** Input that is no command; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The command in the words after `npm run migrate --`.
 * @throws UsageError
 */
export function parseCommand(words: readonly string[]): Command {
  const { values, positionals } = parseWords(words)
  const [kind = 'apply', name, ...surplus] = positionals
  const { help, applied, 'rolled-back': rolledBack, extension = null } = values
  if (help) return { kind: 'help' }
  if (surplus.length > 0) throw new UsageError(`"${surplus.join(' ')}" is too much.`)

  if (kind !== 'resolve' && (applied || rolledBack)) {
    throw new UsageError('--applied and --rolled-back are for resolve only.')
  }
  if (kind === 'apply' || kind === 'status') {
    if (name !== undefined)
      throw new UsageError(`"${name}" is too much: ${kind} is for the core and all extensions.`)
    if (extension !== null) throw new UsageError('--extension is for new and resolve only.')
    return { kind }
  }
  if (kind !== 'new' && kind !== 'resolve') throw new UsageError(`There is no command "${kind}".`)
  if (name === undefined) throw new UsageError(`${kind} needs the NAME of a migration.`)
  if (kind === 'new') return { kind, name, extension }
  if (applied === rolledBack) throw new UsageError('resolve needs either --applied or --rolled-back.')
  return { kind, name, extension, resolution: applied ? 'applied' : 'rolled-back' }
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', default: false },
        extension: { type: 'string' },
        applied: { type: 'boolean', default: false },
        'rolled-back': { type: 'boolean', default: false },
      },
    })
  } catch (cause) {
    // parseArgs names the word it stumbled over, which is all that is to be said.
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
