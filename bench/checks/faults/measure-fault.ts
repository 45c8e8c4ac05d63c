import { setTimeout as pause } from 'node:timers/promises'
import { startOpenLoad } from '../open-load.ts'
import { type AnsweredBeside, askBeside, coreBody, headers } from './core.ts'
import type { Fault } from './kinds.ts'
import type { FaultFigures } from './verdict.ts'

export interface MeasureFaultOptions {
  readonly kind: string
  readonly fault: Fault
  /** 1 for the first time that it is measured. */
  readonly attempt: number
  readonly url: string
  /** What the load is answered. */
  readonly expected: string
  /** Of the load; requests a second. */
  readonly rate: number
  readonly quietMs: number
  readonly faultMs: number
}

/** Between two operations that ask for the field that goes wrong; ms. */
const besideEveryMs = 100

/** How long is waited for an extension that came back; ms. */
const patienceMs = 20_000

/** The core under load, quiet and then with a fault beside it, and how the extension comes back. */
export async function measureFault(options: MeasureFaultOptions): Promise<FaultFigures> {
  const { kind, fault, attempt, url, expected, rate, quietMs, faultMs } = options
  // From the third time on an operation is answered in the fastest way there is, which takes time to be made.
  for (let time = 0; time < 3; time += 1) await untilSound(url, fault)
  const { whole: sound } = await untilSound(url, fault)
  const load = await startOpenLoad({
    url,
    headers,
    body: coreBody,
    expected,
    rate,
    spansMs: [quietMs, faultMs],
  })
  await pause(load.startAt + quietMs - Date.now())
  const beside = await askDuring(fault, url, faultMs)
  const spans = await load.spans
  await fault.end()
  const endedAt = performance.now()
  const recovered = await untilSound(url, fault).catch(() => null)

  const [quiet, during] = spans
  if (!quiet || !during) throw new Error('The load printed no figures.')
  const answers = beside.answers.toSorted((one, other) => one.at - other.at)
  const firstRefused = answers.findIndex(({ state }) => state === 'refused')
  const coreAnswered = answers.filter(({ core }) => core === expected).length
  return {
    kind,
    fault: fault.name,
    attempt,
    outcome: fault.outcome,
    due: quiet.due + during.due + beside.asked,
    answered: quiet.answered + during.answered + coreAnswered,
    p99QuietMs: quiet.p99,
    p99FaultMs: during.p99,
    opened:
      firstRefused < 0
        ? null
        : {
            failures: answers.slice(0, firstRefused).filter(({ state }) => state === 'failed').length,
            afterMs: (answers[firstRefused]?.at ?? 0) - beside.beganAt,
          },
    recoveredAfterMs: recovered && recovered.at - endedAt,
    wrong:
      fault.outcome === 'mended'
        ? answers.filter(({ whole }) => whole !== sound).length
        : answers.filter(({ state }) => state === 'sound').length,
    says: quiet.fault ?? during.fault ?? beside.says,
  }
}

/** Asks for the field that goes wrong, at a rate, whatever becomes of it. */
async function askDuring(fault: Fault, url: string, faultMs: number) {
  await fault.begin()
  const beganAt = performance.now()
  const asked: Promise<AnsweredBeside | string>[] = []
  while (performance.now() - beganAt < faultMs) {
    asked.push(askBeside(url, fault.body).catch(String))
    await pause(besideEveryMs)
  }
  const settled = await Promise.all(asked)
  return {
    beganAt,
    asked: asked.length,
    answers: settled.filter(one => typeof one !== 'string'),
    says: settled.find(one => typeof one === 'string') ?? null,
  }
}

/** Asks until the extension answers as it should. @throws Error when it does not in good time */
async function untilSound(url: string, fault: Fault): Promise<AnsweredBeside> {
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    const answer = await askBeside(url, fault.soundBody)
    if (answer.state === 'sound') return answer
    await pause(besideEveryMs)
  }
  throw new Error(`The extension that "${fault.name}" is not sound after ${patienceMs} ms.`)
}
