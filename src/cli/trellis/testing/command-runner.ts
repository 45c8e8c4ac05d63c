import { fork } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

export interface Ended {
  readonly status: number | null
  /** What it printed on standard output. */
  readonly printed: string
  /** What it printed on standard error. */
  readonly complained: string
}

export interface Command {
  readonly words: readonly string[]
  /** What standard input says. */
  readonly input: string
  /** The environment's `TRELLIS_KEY`. */
  readonly key: string | null
}

const answered = z.object({
  id: z.number(),
  status: z.number(),
  printed: z.string(),
  complained: z.string(),
})

/** Starts a process that runs commands in this folder, which ends with ours. */
export function startCommandRunner(folder: string): (command: Command) => Promise<Ended> {
  const child = fork(join(import.meta.dirname, 'serve-commands.ts'), { cwd: folder, execArgv: [] })
  // It is to keep nobody from ending.
  child.unref()
  child.channel?.unref()
  const waiting = new Map<number, PromiseWithResolvers<Ended>>()
  child.on('message', message => {
    const { id, ...ended } = answered.parse(message)
    waiting.get(id)?.resolve(ended)
    waiting.delete(id)
  })
  child.on('exit', code => {
    for (const { reject } of waiting.values())
      reject(new Error(`The process that runs commands ended with ${code}.`))
  })
  let count = 0
  return command => {
    count += 1
    const ended = Promise.withResolvers<Ended>()
    waiting.set(count, ended)
    child.send({ id: count, ...command })
    return ended.promise
  }
}
