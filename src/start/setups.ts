import type { Extension, Running } from '@trellis/sdk'
import type { ComposedExtension, Drift } from '../composition/index.ts'
import type { Transport } from '../delegation/index.ts'
import { isDatabaseUnreachable } from '../gateway/database-unreachable.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import { type Decisions, nothingDecided } from '../lifecycle/index.ts'
import { type SetUpOptions, type Setup, setUp } from './set-up.ts'

/** What extensions made when they were set up, by their names; let go of when nobody holds it any more. */
export interface HeldSetups {
  readonly running: ReadonlyMap<string, Running>
  /** Those that failed, and why: they answer null until they are mended. */
  readonly unavailable: ReadonlyMap<string, Error>
  /** Whether nobody is among these only because something did not answer, the database above all. */
  readonly isWhole: boolean
  /** How a remote extension among them is called. */
  readonly transportOf: (extension: Extension) => Transport
  /** Whether a remote extension among them is what it is pinned to; `null` of others, and where nobody looks. */
  readonly driftOf: (extension: Pick<ComposedExtension, 'name' | 'decision'>) => Drift | null
  readonly release: () => Promise<void>
}

export interface Setups {
  /**
   * Sets up what is not yet, as it was decided. What one throws costs that one only.
   *
   * @throws what a required one does that did not reach something; nothing is held then
   */
  readonly hold: (extensions: readonly ComposedExtension[], decisions: Decisions) => Promise<HeldSetups>
}

interface Held extends Setup {
  holders: number
}

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))

/** Sets extensions up, each once for what was decided about it, however many generations of the schema it is in. */
export function createSetups(options: SetUpOptions): Setups {
  const { log } = options
  const setups = new Set<Held>()

  const letGo = async (setup: Held): Promise<void> => {
    setup.holders -= 1
    if (setup.holders > 0) return
    setups.delete(setup)
    try {
      await setup.dispose()
    } catch (thrown) {
      log.error(
        { err: describeFailure(thrown), extension: setup.name },
        'the extension failed when it was left',
      )
    }
  }

  return {
    async hold(extensions, decisions) {
      const held: Held[] = []
      const unavailable = new Map<string, Error>()
      let isWhole = true
      const release = async (): Promise<void> => void (await Promise.all(held.map(letGo)))
      for (const composed of extensions) {
        const { name, extension } = composed
        const decision = decisions.get(name) ?? nothingDecided
        const isSame = (setup: Held) => setup.name === name && setup.revision === decision.revision
        try {
          const setup = [...setups].find(isSame) ?? {
            ...(await setUp(composed, decision, options)),
            holders: 0,
          }
          setup.holders += 1
          setups.add(setup)
          held.push(setup)
        } catch (thrown) {
          log.error({ err: describeFailure(thrown), extension: name }, 'the extension could not be set up')
          unavailable.set(name, errorOf(thrown))
          if (!isDatabaseUnreachable(thrown)) continue
          isWhole = false
          if (extension.startup !== 'required') continue
          await release()
          throw thrown
        }
      }
      return {
        isWhole,
        transportOf(extension) {
          const transport = held.find(({ name }) => name === extension.name)?.transport
          if (!transport) throw new Error(`${extension.name} is no remote that was set up.`)
          return transport
        },
        driftOf: ({ name, decision }) =>
          held.find(setup => setup.name === name && setup.revision === decision.revision)?.watch?.state() ??
          null,
        running: new Map(held.map(({ name, running }) => [name, running])),
        unavailable,
        release,
      }
    },
  }
}
