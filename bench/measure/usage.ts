import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/** Clock ticks a second of /proc; Linux has 100 on all of its common platforms. */
const ticksPerSecond = 100

/** The fields of /proc/<pid>/stat from the state on: a process's name before it may have spaces. */
function statOf(pid: number | string): readonly string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

// proc(5), counted from the state, which is field 3: ppid 4, utime 14, stime 15, cutime 16, cstime 17.
const milliseconds = (stat: readonly string[], ...fields: readonly number[]): number =>
  fields.reduce((sum, field) => sum + Number(stat[field - 3]), 0) * (1000 / ticksPerSecond)

/** CPU time of a process and its threads so far, user and system; ms. */
export function cpuOf(pid: number): number {
  const stat = statOf(pid)
  return stat ? milliseconds(stat, 14, 15) : 0
}

/** The most memory that a process has had resident; MiB. */
export function peakMemoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

/** The pid of PostgreSQL's postmaster, or `null` when the server is not on this machine. */
export async function findPostmaster(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const pid = rows[0]?.pid ?? 0
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return null
  } catch {
    return null
  }
  return Number(statOf(pid)?.[1] ?? 0) || null
}

/** CPU time of the postmaster's processes so far, those that have ended included; ms. */
export function cpuOfPostgres(postmaster: number): number {
  const own = statOf(postmaster)
  const children = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(pid => {
      const stat = statOf(pid)
      return stat && Number(stat[1]) === postmaster ? [milliseconds(stat, 14, 15)] : []
    })
  return children.reduce((sum, value) => sum + value, own ? milliseconds(own, 14, 15, 16, 17) : 0)
}
