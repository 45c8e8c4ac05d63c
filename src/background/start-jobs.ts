import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundLog } from './background-options.ts'
import type { Jobs } from './jobs.ts'

/** After which time jobs that could not be started are tried again. */
const againMs = 30_000

export interface JobsStartOptions {
  readonly jobs: Pick<Jobs, 'start'>
  readonly log: BackgroundLog
  /** Aborted when the process leaves: it is not tried again. */
  readonly leaving: AbortSignal
}

/** The start of jobs. A database that has no answer for it is asked again; what was asked for meanwhile waits in the outbox. */
export interface JobsStart {
  begin(): Promise<void>
  /** Tries no more, and answers when what was begun is over. */
  end(): Promise<void>
}

export function createJobsStart({ jobs, log, leaving }: JobsStartOptions): JobsStart {
  let starting: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined

  const attempt = async (): Promise<void> => {
    if (leaving.aborted) return
    try {
      await jobs.start()
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, 'jobs were not started; it is tried again')
      timer = setTimeout(() => void begin(), againMs).unref()
    }
  }
  const begin = (): Promise<void> => (starting = attempt())

  return {
    begin,
    async end() {
      clearTimeout(timer)
      await starting
    },
  }
}
