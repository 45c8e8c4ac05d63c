import type { AsyncLocalStorage } from 'node:async_hooks'
import type { Limits, Log } from '@trellis/sdk'
import { type Breaker, type BreakerState, createBreaker } from './breaker.ts'
import type { Surroundings } from './call.ts'
import type { Clock } from './clock.ts'
import { createGate, type Gate } from './gate.ts'
import { limitsOf } from './limits.ts'
import { createSupervisedField, type SupervisedField } from './supervised-field.ts'
import { windowMs } from './tally.ts'
import { createUptime, type Uptime } from './uptime.ts'

export interface SupervisorOptions {
  /** The extension's name. */
  readonly extension: string
  readonly limits?: Limits | undefined
  readonly clock: Clock
  readonly storage: AsyncLocalStorage<Surroundings>
  /** A call is under way that has not answered at once. */
  readonly onWait: () => void
  readonly log: Pick<Log, 'info' | 'warn'>
}

/** Watches over all calls of one extension's code, for as long as the process lives. */
export interface Supervisor {
  readonly extension: string
  readonly limits: Required<Limits>
  /** When it began to watch. */
  readonly since: Date
  /** Of the extension as a whole: failures in a row, of whatever field. Each field has one of its own besides. */
  readonly breaker: Breaker
  readonly gate: Gate
  readonly uptime: Uptime
  /** What has been asked for so far, by coordinate. */
  readonly fields: ReadonlyMap<string, SupervisedField>
  /** Promises that the extension left to be rejected, unheard. */
  readonly strays: () => number
  readonly noteStray: () => void
  /** Whether one of its calls was found to block the event loop since then. */
  readonly hasBlocked: (since: number) => boolean
  /** The watch over one field, the same for each generation of the schema. */
  readonly field: (coordinate: string) => SupervisedField
  /** Runs what belongs to no request, so that what it leaves behind is known to be the extension's. */
  readonly background: <Result>(coordinate: string, work: () => Result) => Result
}

/** A field that blocks does so with every call: it is named this often at most, in milliseconds. */
const blockNoticeMs = 10_000

/** Writes take their time: they wait for locks, and for each other. */
const isWrite = (coordinate: string): boolean => /^(?:Mutation|checks|effects|merges)\./.test(coordinate)

export function createSupervisor({
  extension,
  limits,
  clock,
  storage,
  onWait,
  log,
}: SupervisorOptions): Supervisor {
  const held = limitsOf(limits)
  const fields = new Map<string, SupervisedField>()
  const uptime = createUptime({ clock, windowMs })
  const gate = createGate(held)
  const namedAt = new Map<string, number>()
  let strays = 0
  let lastBlockAt = Number.NEGATIVE_INFINITY

  const say = (facts: object, state: BreakerState, failures: number): void => {
    if (state === 'open')
      log.warn({ extension, ...facts, failures }, 'the extension failed repeatedly and is left alone')
    if (state === 'closed') log.info({ extension, ...facts }, 'the extension answers again')
  }
  const breaker = createBreaker({
    ...held,
    clock,
    onChange(state, failures) {
      const isUp = state === 'closed'
      uptime.set(isUp)
      for (const field of fields.values()) field.uptime.set(isUp && field.breaker.state === 'closed')
      say({}, state, failures)
    },
  })
  const onBlock = (coordinate: string, milliseconds: number): void => {
    const now = clock.now()
    lastBlockAt = now
    if (now - (namedAt.get(coordinate) ?? Number.NEGATIVE_INFINITY) < blockNoticeMs) return
    namedAt.set(coordinate, now)
    log.warn(
      { extension, field: coordinate, milliseconds: Math.round(milliseconds) },
      'the extension blocked the event loop: all other requests waited',
    )
  }

  return {
    extension,
    limits: held,
    since: new Date(),
    breaker,
    gate,
    uptime,
    fields,
    strays: () => strays,
    noteStray() {
      strays += 1
    },
    hasBlocked: since => lastBlockAt >= since,
    field(coordinate) {
      const known = fields.get(coordinate)
      if (known) return known
      const made = createSupervisedField({
        ...held,
        deadlineMs: isWrite(coordinate) ? held.writeDeadlineMs : held.deadlineMs,
        extension,
        coordinate,
        clock,
        storage,
        gate,
        whole: breaker,
        onWait,
        onBlock,
        onChange: (field, state, failures) => say({ field }, state, failures),
      })
      fields.set(coordinate, made)
      return made
    },
    background: (coordinate, work) =>
      storage.run(
        { extension, coordinate, costs: null, signal: null, deadline: null, isOver: false, isWrong: false },
        work,
      ),
  }
}
