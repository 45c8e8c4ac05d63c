import { MultiBar, Presets } from 'cli-progress'
import type { Loaded } from './load-records.ts'
import { counted, grouped } from './words.ts'

/** The progress of one kind of record. */
export interface Bar {
  readonly advance: (rows: number) => void
  readonly done: (loaded: Loaded) => void
}

/** Shows how far the load has come. */
export interface Progress {
  readonly start: (label: string, total: number) => Bar
  /** Something that happened on the way. */
  readonly note: (message: string) => void
  readonly stop: () => void
}

/** Bars on a terminal, lines anywhere else. */
export const createProgress = (stream: NodeJS.WriteStream): Progress =>
  stream.isTTY ? bars(stream) : lines(stream)

function bars(stream: NodeJS.WriteStream): Progress {
  const format = '  {label} {bar} {value} / {total}  {outcome}'
  const multi = new MultiBar({ stream, format, hideCursor: true, barsize: 20 }, Presets.shades_classic)
  return {
    start(label, total) {
      const bar = multi.create(total, 0, { label: label.padEnd(18), outcome: '' })
      return {
        advance: rows => bar.increment(rows),
        done: loaded => bar.update({ outcome: outcomeOf(loaded) }),
      }
    },
    note: message => multi.log(`  ${message}\n`),
    stop: () => multi.stop(),
  }
}

/** How often a line is written while a kind is being loaded. */
const interval = 2000

function lines(stream: NodeJS.WritableStream): Progress {
  const write = (line: string): void => void stream.write(`  ${line}\n`)
  return {
    start(label, total) {
      let value = 0
      let written = performance.now()
      return {
        advance(rows) {
          value += rows
          if (value === total || performance.now() - written < interval) return
          written = performance.now()
          write(`${label.padEnd(18)} ${grouped(value)} of ${grouped(total)}`)
        },
        done: loaded => write(`${label.padEnd(18)} ${grouped(total)}: ${outcomeOf(loaded)}`),
      }
    },
    note: write,
    stop: () => undefined,
  }
}

const outcomeOf = ({ counts, seconds }: Loaded): string => `${counted(counts)} (${seconds.toFixed(1)} s)`
