import type { Job } from '@trellis/sdk'
import { nextMoment } from '../../lib/cron.ts'
import { finding } from '../finding.ts'
import type { ManifestCheck } from './check.ts'

/** Jobs can be run, and when they are to be is understood: nobody is there to be told later. */
export const jobs: ManifestCheck = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const [name, job] of Object.entries(subschema.extension.jobs ?? {}))
      for (const problem of problemsOf(name, job))
        yield finding({
          code: 'JOB_INVALID',
          spots: [{ subschema }],
          message: named => `${named} has the job "${name}": ${problem}`,
          fix: 'Correct it, as docs/events-and-jobs.md describes jobs.',
        })
}

const hourMs = 3_600_000

/** An extension may be JavaScript, so that nobody else has checked. */
function* problemsOf(name: string, { schedule, timeZone = 'UTC', deadlineMs = 1, retries = 0, run }: Job) {
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(name))
    yield 'a name has small letters, digits and hyphens, begins with a letter, and has 61 characters at most.'
  if (typeof run !== 'function') yield 'run is not a function.'
  if (!(deadlineMs >= 1 && deadlineMs <= hourMs))
    yield `deadlineMs is ${deadlineMs}; 1 to ${hourMs} are allowed.`
  if (!(Number.isInteger(retries) && retries >= 0 && retries <= 20))
    yield `retries is ${retries}; 0 to 20 are allowed.`
  if (schedule !== undefined) {
    const wrong = problemOfSchedule(schedule, timeZone)
    if (wrong !== null) yield wrong
  }
}

function problemOfSchedule(expression: string, timeZone: string): string | null {
  try {
    nextMoment({ expression, timeZone }, new Date())
    return null
  } catch (error) {
    return `its schedule "${expression}" in ${timeZone} is not understood: ${String(error)}`
  }
}
