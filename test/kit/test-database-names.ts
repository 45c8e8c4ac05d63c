import { createHash, randomUUID } from 'node:crypto'
import { hostname } from 'node:os'

/**
 * `trellis_test_<machine>_<process>_<what>`: a run knows its own databases by it, and those that a
 * run left behind which was killed. The machine is in it since a process number means nothing elsewhere.
 */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 6)
const pattern = new RegExp(`^trellis_test_${machine}_(\\d+)_`)

/** What the names of all databases of a run begin with. */
export function runPrefix(pid: number): string {
  return `trellis_test_${machine}_${pid}_`
}

/** A name that no other test has. */
export function freshName(prefix: string): string {
  return `${prefix}${randomUUID().slice(0, 13).replace('-', '')}`
}

/** Whether a database belongs to a run on this machine that is over. */
export function isLeftover(database: string): boolean {
  const [, pid] = pattern.exec(database) ?? []
  return pid !== undefined && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
