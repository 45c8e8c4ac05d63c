import type { Log } from '@trellis/sdk'
import { describeFailure } from '../lib/describe-failure.ts'
import type { Supervision } from './supervision.ts'

export interface ContainStraysOptions {
  readonly process: Pick<NodeJS.Process, 'on' | 'off'>
  readonly supervision: Supervision
  readonly log: Pick<Log, 'error'>
}

/**
 * Keeps promises that are rejected unheard from ending the process, which is what Node does otherwise: one forgotten
 * `await` of an extension would take everybody else along. Each is logged, with the extension that left it.
 */
export function containStrays({ process, supervision, log }: ContainStraysOptions): Disposable {
  const contain = (reason: unknown): void => {
    // Node calls back in the surroundings that the promise was rejected in.
    const call = supervision.current()
    if (call !== null) supervision.supervisors.get(call.extension)?.noteStray()
    log.error(
      {
        failure: describeFailure(reason),
        ...(call && { extension: call.extension, field: call.coordinate }),
      },
      'a promise was rejected, and nobody listened',
    )
  }
  process.on('unhandledRejection', contain)
  return { [Symbol.dispose]: () => void process.off('unhandledRejection', contain) }
}
