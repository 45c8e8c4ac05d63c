/**
 * Preloaded into a command: it is killed as soon as its journal says the step that `DIE_AT` names, or as it is about to, with
 * `before` in front.
 */
import { promises, readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { DIE_AT = '' } = process.env
const { rename } = promises

promises.rename = async (from, to) => {
  const isJournal = String(to).endsWith('installed.json')
  const { operation } = isJournal ? JSON.parse(readFileSync(String(from), 'utf8')) : { operation: null }
  const step = String(operation?.step)
  if (DIE_AT === `before ${step}`) process.kill(process.pid, 'SIGKILL')
  await rename(from, to)
  if (DIE_AT === step) process.kill(process.pid, 'SIGKILL')
}
syncBuiltinESMExports()
