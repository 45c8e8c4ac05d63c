/**
 * A process for tests that runs commands for them. Starting Node and importing Trellis takes longer than most commands do: here
 * that is done once. Its parent asks by messages, and it ends with its parent.
 */
import { inspect } from 'node:util'
import { z } from 'zod'
import { secretsIn } from '../read-terminal.ts'
import { runProgram } from '../run-program.ts'

const asked = z.object({
  id: z.number(),
  words: z.array(z.string()),
  input: z.string(),
  key: z.string().nullable(),
})

process.on('disconnect', () => process.exit())

async function runCommand(message: unknown): Promise<void> {
  const { id, words, input, key } = asked.parse(message)
  let printed = ''
  let complained = ''
  const done = runProgram(words, {
    print: text => {
      printed += `${text}\n`
    },
    complain: text => {
      complained += `${text}\n`
    },
    paint: (_, text) => text,
    key,
    confirm: async () => null,
    readSecrets: async names => (names.length === 0 ? [] : secretsIn(input, names)),
  })
  const status = await done.catch((thrown: unknown) => {
    // As Node ends a process that throws.
    complained += inspect(thrown)
    return 1
  })
  process.send?.({ id, status, printed, complained })
}

process.on('message', message => void runCommand(message))
