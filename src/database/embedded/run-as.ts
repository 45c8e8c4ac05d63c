import type { SpawnOptions } from 'node:child_process'
import type { Residence } from './residence.ts'

/**
 * How PostgreSQL's programs are run: as the residence's account, in a folder that it can enter, with an
 * environment of their own. Ours holds secrets that the account could read in /proc, and variables
 * (PGDATA, LC_ALL) that would steer them. LC_ALL keeps their messages English, since we read some.
 */
export function runAs({ home, account }: Residence): SpawnOptions {
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' }
  // Windows programs do not even start without SystemRoot: there they inherit.
  return { cwd: home, ...account, ...(process.platform === 'win32' ? {} : { env }) }
}
