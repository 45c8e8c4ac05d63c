import type { Readable } from 'node:stream'
import type { Log } from '@trellis/sdk'

/** No line in the log is longer. */
const longest = 4000

/** So much of a line is kept; lines of the process's own log may have more than their text. */
const kept = longest * 4

/** What a process prints, line by line in the gateway's log under its extension's name. Its own log's lines keep what they say. */
export function logLines(
  stream: Readable,
  { log, extension }: { readonly log: Log; readonly extension: string },
): void {
  const tell = (line: string): void => {
    if (line.trim() === '') return
    const said = parsed(line)
    if (said) {
      const { msg, level, time: _, ...facts } = said
      const message = typeof msg === 'string' ? msg : 'said'
      log[nameOf(level)]({ ...facts, extension }, message)
    } else
      log.info({ extension, line: line.slice(0, longest).trimEnd() }, 'the process of the extension printed')
  }
  // By hand: readline keeps a line that does not end, however long it becomes.
  let line = ''
  stream.setEncoding('utf8')
  stream.on('data', (text: string) => {
    for (const [index, piece] of text.split('\n').entries()) {
      if (index > 0) {
        tell(line)
        line = ''
      }
      line += piece.slice(0, kept - line.length)
    }
  })
  stream.once('end', () => tell(line))
}

/** A line of pino's, which the process's own log is made by. */
function parsed(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{"level":')) return null
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}

function nameOf(level: unknown): keyof Log {
  if (typeof level !== 'number') return 'info'
  if (level >= 50) return 'error'
  if (level >= 40) return 'warn'
  return level >= 30 ? 'info' : 'debug'
}
