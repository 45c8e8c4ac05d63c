import type { BackgroundContext, Log, Running } from '@trellis/sdk'
import type { Background } from '../background/index.ts'
import type { Composition } from '../composition/index.ts'
import type { Generation } from '../gateway/generation.ts'
import type { RouteFacts } from '../gateway/routes/router.ts'
import { describeFailure } from '../lib/describe-failure.ts'

/** A generation as it is made, before anybody holds it. */
export interface MadeGeneration extends Omit<Generation, 'hold'> {
  readonly composition: Composition
  readonly running: ReadonlyMap<string, Running>
  /** Whether all that can be set up is; what could not be for the moment is worth another try. */
  readonly isWhole: boolean
  /** Events and jobs of its extensions, which begin when they are started. */
  readonly background: Background
  /** The context of an extension's code that no operation runs. @throws Error when there is none of that name that runs */
  readonly contextFor: (extension: string, facts: RouteFacts) => BackgroundContext
  /** Lets go of what it is made of, once nobody holds it any more. */
  readonly dispose: () => Promise<void>
}

/** One generation of the schema serves; those before it finish what they began, and go. */
export interface Generations {
  /** @throws Error before there is one */
  readonly current: () => MadeGeneration & Generation
  readonly replace: (next: MadeGeneration) => void
  /** Lets go of all of them; nobody may ask for one any more. */
  readonly close: () => Promise<void>
}

interface Held {
  readonly generation: MadeGeneration & Generation
  readonly retire: () => void
}

/** Keeps the generations of a gateway. */
export function createGenerations(log: Log): Generations {
  let serving: Held | undefined
  const leaving = new Set<Promise<void>>()

  const dispose = (made: MadeGeneration): void => {
    const left = made
      .dispose()
      .catch((failure: unknown) =>
        log.error({ err: describeFailure(failure) }, 'a generation of the schema could not be let go of'),
      )
      .finally(() => leaving.delete(left))
    leaving.add(left)
  }

  const held = (made: MadeGeneration): Held => {
    let holders = 0
    let isRetired = false
    const hold = () => {
      holders += 1
      return () => {
        holders -= 1
        if (isRetired && holders === 0) dispose(made)
      }
    }
    return {
      generation: { ...made, hold },
      retire() {
        isRetired = true
        if (holders === 0) dispose(made)
      },
    }
  }

  return {
    current() {
      if (!serving) throw new Error('The schema is asked before it is composed.')
      return serving.generation
    },
    replace(next) {
      const before = serving
      serving = held(next)
      before?.retire()
    },
    async close() {
      serving?.retire()
      await Promise.all(leaving)
    },
  }
}
