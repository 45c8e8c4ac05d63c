import { readFileSync } from 'node:fs'
import { Option } from 'commander'
import { CommandError } from './command-error.ts'

/** A key is never a word of the command: those are seen by everybody on the machine, and kept by shells. */
export const keyFileOption = (): Option =>
  new Option('--key-file <file>', 'a file that holds the key of the API (default: TRELLIS_KEY)')

/**
 * The key to ask with: the file's, else the environment's.
 *
 * @throws CommandError when the file cannot be read or is empty
 */
export function keyOf({
  key,
  keyFile,
}: {
  readonly key: string | null
  readonly keyFile: string | undefined
}): string | null {
  if (keyFile === undefined) return key
  let text: string
  try {
    text = readFileSync(keyFile, 'utf8').trim()
  } catch (cause) {
    throw new CommandError(`The key cannot be read: ${String(cause)}`, { exitCode: 2, cause })
  }
  if (/^\S+$/.test(text)) return text
  throw new CommandError(`${keyFile} holds no key: one line without blanks.`, { exitCode: 2 })
}
