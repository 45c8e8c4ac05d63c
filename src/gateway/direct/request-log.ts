import type { Log } from '@trellis/sdk'
import type { Logger } from 'pino'

/** A request's log, whose lines carry its id; made when there is a line to write, which most requests have none of. */
export function requestLog(log: Logger, requestId: string): Log {
  let made: Logger | undefined
  const write =
    (level: keyof Log) =>
    (facts: object, message: string): void => {
      if (!log.isLevelEnabled(level)) return
      made ??= log.child({ requestId })
      made[level](facts, message)
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
