import { join } from 'node:path'
import { spawnNode } from '../measure/children.ts'

/**
 * Runs a script of this folder in a process of its own, so that nothing is warm but what it warms.
 *
 * @returns what it prints as its last line, a JSON value
 * @throws Error with what it said, when it fails
 */
export async function runScript<Value>(
  script: string,
  {
    environment = {},
    flags = [],
    words = [],
  }: {
    readonly environment?: Readonly<Record<string, string>>
    readonly flags?: readonly string[]
    readonly words?: readonly string[]
  } = {},
): Promise<Value> {
  const child = spawnNode([...flags, join(import.meta.dirname, script), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })
  let printed = ''
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const code = await new Promise<number | null>(resolve => {
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${said}`)
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Value
}
