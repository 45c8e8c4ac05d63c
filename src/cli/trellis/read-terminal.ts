import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { CommandError } from './command-error.ts'
import type { Surroundings } from './surroundings.ts'

/** Asks a question that is answered by yes or no, at the terminal. */
export const confirmAtTerminal: Surroundings['confirm'] = async question => {
  if (!process.stdin.isTTY) return null
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim())
  } finally {
    asking.close()
  }
}

/** Reads secrets: typed without being shown at a terminal, otherwise from what standard input brings. */
export const readSecrets: Surroundings['readSecrets'] = async names => {
  if (names.length === 0) return []
  if (process.stdin.isTTY) return typed(names)
  return secretsIn(await text(process.stdin), names)
}

/** The secrets that standard input brings, one a line. @throws CommandError when they are not all there */
export function secretsIn(
  brought: string,
  names: readonly string[],
): readonly { readonly name: string; readonly value: string }[] {
  const input = brought.replace(/\r?\n$/, '')
  // A single one may have lines, as a private key has.
  const values = names.length === 1 ? [input] : input.split(/\r?\n/)
  if (input === '' || values.length !== names.length)
    throw new CommandError(
      `Standard input has ${input === '' ? 0 : values.length} lines for ${names.length} secrets: ${names.join(', ')}.`,
      { exitCode: 2 },
    )
  return names.map((name, place) => ({ name, value: values[place] ?? '' }))
}

async function typed(names: readonly string[]): ReturnType<Surroundings['readSecrets']> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const secrets: { name: string; value: string }[] = []
  for (const name of names) {
    process.stderr.write(`${name}: `)
    const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true })
    try {
      secrets.push({ name, value: await asking.question('') })
    } finally {
      asking.close()
      process.stderr.write('\n')
    }
  }
  return secrets
}
