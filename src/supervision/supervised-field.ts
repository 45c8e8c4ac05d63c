import { AsyncLocalStorage } from 'node:async_hooks'
import { isThenable } from '../lib/thenable.ts'
import { type Breaker, type BreakerState, createBreaker, type Entered } from './breaker.ts'
import { type Call, giveUp, isCall, type Surroundings } from './call.ts'
import type { Clock } from './clock.ts'
import { isFault, leftAlone, overloaded, timedOut } from './faults.ts'
import type { Gate } from './gate.ts'
import { createPlaces } from './places.ts'
import { createTally, type Tally, windowMs } from './tally.ts'
import { createUptime, type Uptime } from './uptime.ts'

/** What is made of a call's outcome. */
export interface Outcome<Work, Answer> {
  /** Looks at what was answered: throws what is wrong with all of it, or marks the call where part of it is. */
  readonly check: (answer: Work, call: Call) => Answer
  /** Answers, or throws, in place of an extension that failed. */
  readonly failed: (thrown: unknown) => Answer
}

/** The request that a call is made for, as far as it matters to the call. */
export interface Asking {
  readonly signal?: AbortSignal
}

/** One thing that an extension is called for: a field, a hook. */
export interface SupervisedField {
  readonly coordinate: string
  readonly breaker: Breaker
  readonly tally: Tally
  readonly uptime: Uptime
  readonly inFlight: () => number
  /** Whether a call was under way, after it had once given way to others, at some time since then. */
  readonly wasUnderWay: (since: number) => boolean
  readonly counts: FieldCounts
  /**
   * Calls the extension, unless it is left alone. Work that answers at once is answered for at once; other work is
   * given up at the deadline.
   */
  readonly run: <Work, Answer>(
    asking: Asking | undefined,
    work: () => Work | PromiseLike<Work>,
    outcome: Outcome<Work, Answer>,
  ) => Answer | Promise<Answer>
}

/** What is counted beside calls and their outcomes, since the start. */
export interface FieldCounts {
  /** Calls that did not answer in time. */
  timeouts: number
  /** Those that answered afterwards, to nobody. */
  late: number
  /** Calls that held up the event loop, and for how many milliseconds. */
  blocks: number
  blockedMs: number
}

export interface SupervisedFieldOptions {
  readonly extension: string
  readonly coordinate: string
  readonly deadlineMs: number
  readonly blockingMs: number
  readonly failures: number
  readonly recoveryMs: number
  readonly clock: Clock
  readonly storage: AsyncLocalStorage<Surroundings>
  /** The extension's as a whole. */
  readonly gate: Gate
  readonly whole: Breaker
  /** A call is under way that has not answered at once. */
  readonly onWait: () => void
  readonly onBlock: (coordinate: string, milliseconds: number) => void
  readonly onChange: (coordinate: string, state: BreakerState, failures: number) => void
}

/** When a call started, by the clock and for the two breakers. */
interface Begun {
  readonly whole: Entered
  readonly field: Entered
  readonly at: number
}

/** What a call tells of its extension; one that is moot tells nothing. */
type Ending = 'succeeded' | 'failed' | 'moot'

const endingOf = (answered: Call): Ending => (answered.isWrong ? 'failed' : 'succeeded')

export function createSupervisedField(options: SupervisedFieldOptions): SupervisedField {
  const { extension, coordinate, deadlineMs, blockingMs, clock, storage, gate, whole } = options
  const tally = createTally(clock)
  const uptime = createUptime({ clock, windowMs })
  const places = createPlaces(gate)
  const counts: FieldCounts = { timeouts: 0, late: 0, blocks: 0, blockedMs: 0 }
  let inFlight = 0
  let lastEndedAt = Number.NEGATIVE_INFINITY
  const breaker = createBreaker({
    ...options,
    onChange(state, failures) {
      uptime.set(state === 'closed' && whole.state === 'closed')
      options.onChange(coordinate, state, failures)
    },
  })

  const end = (call: Call, begun: Begun, endedAt: number, ending: Ending): void => {
    const hasFailed = ending === 'failed'
    tally.record(begun.at, endedAt, hasFailed)
    call.costs?.note(extension, coordinate, endedAt - begun.at, hasFailed)
    if (ending === 'moot') return
    const verdict = hasFailed ? 'fail' : 'succeed'
    breaker[verdict](begun.field)
    whole[verdict](begun.whole)
  }
  const noteBlock = (milliseconds: number): void => {
    counts.blocks += 1
    counts.blockedMs += milliseconds
    options.onBlock(coordinate, milliseconds)
  }
  const endWith = (
    thrown: unknown,
    asking: Asking | undefined,
    call: Call,
    begun: Begun,
    endedAt: number,
  ) => {
    // A client that leaves takes the call's purpose along; all that tells then is that the deadline passes.
    const isMoot = asking?.signal?.aborted === true && !call.isOver
    end(call, begun, endedAt, isMoot ? 'moot' : isFault(extension, thrown) ? 'failed' : 'succeeded')
  }

  /** The answer is to come: holds a place until then, or until the deadline. */
  const awaited = <Work, Answer>(
    answer: PromiseLike<Work>,
    call: Call,
    begun: Begun,
    asking: Asking | undefined,
    { check, failed }: Outcome<Work, Answer>,
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      inFlight += 1
      options.onWait()
      const leave = (): void => {
        inFlight -= 1
        lastEndedAt = clock.now()
        places.leave(asking)
      }
      const fail = (thrown: unknown): void => {
        endWith(thrown, asking, call, begun, clock.now())
        leave()
        try {
          resolve(failed(thrown))
        } catch (error) {
          reject(error)
        }
      }
      const cancel = clock.after(deadlineMs - (clock.now() - begun.at), () => {
        counts.timeouts += 1
        giveUp(call)
        fail(timedOut(extension, coordinate, deadlineMs))
      })
      // Whatever comes after the deadline comes to nobody, and is no unhandled rejection either.
      const inTime = (): boolean => {
        cancel()
        if (call.isOver) counts.late += 1
        return !call.isOver
      }
      Promise.resolve(answer).then(
        value => {
          if (!inTime()) return
          let checked: Answer
          try {
            checked = check(value, call)
          } catch (thrown) {
            fail(thrown)
            return
          }
          end(call, begun, clock.now(), endingOf(call))
          leave()
          resolve(checked)
        },
        thrown => {
          if (inTime()) fail(thrown)
        },
      )
    })

  /** @param hasPlace whether a place at the gate was taken for it already */
  const start = <Work, Answer>(
    asking: Asking | undefined,
    work: () => Work | PromiseLike<Work>,
    outcome: Outcome<Work, Answer>,
    hasPlace: boolean,
  ): Answer | Promise<Answer> => {
    const costs = storage.getStore()?.costs ?? null
    const call: Call = {
      extension,
      coordinate,
      costs,
      signal: null,
      deadline: null,
      isOver: false,
      isWrong: false,
    }
    const begun: Begun = { whole: whole.enter(), field: breaker.enter(), at: clock.now() }
    let endedAt: number
    try {
      const answer = storage.run(call, work)
      if (isThenable(answer)) {
        const blocked = clock.now() - begun.at
        if (blocked > blockingMs) noteBlock(blocked)
        places.enter(asking, hasPlace)
        return awaited(answer, call, begun, asking, outcome)
      }
      const checked = outcome.check(answer, call)
      endedAt = clock.now()
      end(call, begun, endedAt, endingOf(call))
      if (hasPlace) gate.leave()
      if (endedAt - begun.at > blockingMs) noteBlock(endedAt - begun.at)
      return checked
    } catch (thrown) {
      endedAt = clock.now()
      endWith(thrown, asking, call, begun, endedAt)
      if (hasPlace) gate.leave()
      if (endedAt - begun.at > blockingMs) noteBlock(endedAt - begun.at)
      return outcome.failed(thrown)
    }
  }

  const refuse = <Answer>(
    because: typeof overloaded,
    { failed }: Pick<Outcome<never, Answer>, 'failed'>,
  ): Answer => {
    tally.refuse()
    return failed(because(extension, coordinate))
  }

  /** Waits for a place, at most as long as a call may take. */
  const wait = <Work, Answer>(
    asking: Asking | undefined,
    work: () => Work | PromiseLike<Work>,
    outcome: Outcome<Work, Answer>,
  ): Answer | Promise<Answer> => {
    const within = AsyncLocalStorage.snapshot()
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    const settle = (answer: () => Answer | Promise<Answer>): void => {
      try {
        resolve(answer())
      } catch (error) {
        reject(error)
      }
    }
    const leaveLine = places.wait(asking, isTaken => {
      cancel()
      // What it waited for may have opened the breaker.
      const mayStart = breaker.admits() && whole.admits()
      if (!mayStart && isTaken) gate.leave()
      within(settle, () => (mayStart ? start(asking, work, outcome, isTaken) : refuse(leftAlone, outcome)))
    })
    if (leaveLine === null) return refuse(overloaded, outcome)
    const cancel = clock.after(deadlineMs, () => {
      leaveLine()
      settle(() => refuse(overloaded, outcome))
    })
    return promise
  }

  return {
    coordinate,
    breaker,
    tally,
    uptime,
    counts,
    inFlight: () => inFlight,
    wasUnderWay: since => inFlight > 0 || lastEndedAt >= since,
    run(asking, work, outcome) {
      const isClosed = breaker.state === 'closed' && whole.state === 'closed'
      if (!isClosed && !(breaker.admits() && whole.admits())) return refuse(leftAlone, outcome)
      // Within another call there is no waiting: that one holds a place while it waits for this one.
      if (!places.isFree(asking) && !isCall(storage.getStore())) return wait(asking, work, outcome)
      return start(asking, work, outcome, false)
    },
  }
}
