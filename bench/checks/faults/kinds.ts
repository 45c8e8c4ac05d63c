import { reviewsFile } from '../../contenders/trellis/remotes.ts'
import { type RunningServer, startServer } from '../../measure/server.ts'
import { misbehaviours } from '../../services/misbehave.ts'
import { bodyWith, bodyWithHow } from './core.ts'

/** What comes of a fault. `opens`: failures that open the breaker. `costs`: null in some fields. `mended`: the right answer all the same. */
export type Outcome = 'opens' | 'costs' | 'mended'

export interface Fault {
  readonly name: string
  readonly outcome: Outcome
  /** Asks for the field that goes wrong while the fault lasts, under the name `fault`. */
  readonly body: string
  /** The same when all is well. */
  readonly soundBody: string
  readonly begin: () => Promise<void>
  readonly end: () => Promise<void>
}

/** How extensions are run: within the gateway, or elsewhere. */
export interface Kind {
  readonly name: string
  /** Of contenders/trellis/extensions.ts. */
  readonly extensions: string
  /** Starts what the gateway needs beside it, if anything. */
  readonly start: () => Promise<StartedKind>
}

export interface StartedKind extends AsyncDisposable {
  readonly environment: Readonly<Record<string, string>>
  readonly faults: readonly Fault[]
}

const nothing = async (): Promise<void> => undefined

const inside = (name: string, outcome: Outcome = 'opens', fieldName = 'mischief'): Fault => ({
  name,
  outcome,
  body: bodyWithHow(fieldName, name),
  soundBody: bodyWithHow(fieldName, 'sound'),
  begin: nothing,
  end: nothing,
})

/** Of an extension in the process; an answer in another order is an answer, since there are no keys. */
const insideFaults: readonly Fault[] = [
  inside('throws'),
  inside('never answers'),
  inside('answers short'),
  inside('answers long'),
  inside('answers texts'),
  inside('answers 50 MB', 'opens', 'mischiefText'),
  inside('is slow', 'mended'),
]

const local: Kind = {
  name: 'local',
  extensions: 'mischief',
  start: async () => ({ environment: {}, faults: insideFaults, [Symbol.asyncDispose]: nothing }),
}

const isolated: Kind = {
  name: 'isolated',
  extensions: 'isolated-mischief',
  start: async () => ({
    environment: {},
    faults: [...insideFaults, inside('blocks its loop'), inside('exhausts memory'), inside('exits')],
    [Symbol.asyncDispose]: nothing,
  }),
}

/**
 * A remote opens the breaker by requests that fail. One that answers is called again: what is wrong with its answers, or
 * what it says went wrong, costs the fields in question.
 */
const outcomes: Readonly<Record<string, Outcome>> = {
  throws: 'costs',
  drifts: 'costs',
  'answers wrong types': 'costs',
  'answers short': 'costs',
  'answers long': 'mended',
  'answers reordered': 'mended',
  'is slow': 'mended',
}

const startReviews = (port = '0'): Promise<RunningServer> =>
  startServer({ name: 'reviews', server: { file: reviewsFile, environment: { PORT: port } } }, '')

const remote: Kind = {
  name: 'remote',
  extensions: 'remote',
  async start() {
    let service: RunningServer | null = await startReviews()
    const { url } = service
    const bodies = { body: bodyWith('reviewScore'), soundBody: bodyWith('reviewScore') }
    const turn = async (mode: string): Promise<void> => {
      const { ok } = await fetch(new URL('/mode', url), { method: 'POST', body: mode })
      if (!ok) throw new Error(`The service does not turn to "${mode}".`)
    }
    return {
      environment: { REVIEWS_URL: url },
      faults: [
        ...Object.keys(misbehaviours).map(
          (name): Fault => ({
            ...bodies,
            name,
            outcome: outcomes[name] ?? 'opens',
            begin: () => turn(name),
            end: () => turn('sound'),
          }),
        ),
        {
          ...bodies,
          name: 'is dead',
          outcome: 'opens',
          async begin() {
            await service?.stop()
            service = null
          },
          async end() {
            service = await startReviews(new URL(url).port)
          },
        },
      ],
      async [Symbol.asyncDispose]() {
        await service?.stop()
      },
    }
  },
}

export const kinds: readonly Kind[] = [local, isolated, remote]
