import type { DataContext } from '@trellis/sdk'
import type { Logger } from 'pino'
import { type Background, type BackgroundOptions, withinDeadline } from '../background/index.ts'
import type { ComposedExtension } from '../composition/index.ts'
import type { Database } from '../database/database.ts'
import { systemViewer } from '../database/system-user.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import { noteServedVersion, readServedVersions, type Turn, takeTurn } from '../lifecycle/index.ts'
import type { Supervision } from '../supervision/index.ts'

/** After which time what failed, or what another replica was at, is looked at again. */
const againMs = 60_000

/** How long what was begun may take to finish on leaving. */
const graceMs = 5000

export interface VersionTurnsOptions {
  readonly database: Pick<Database, 'session'>
  readonly supervision: Supervision
  /** Done before code acts as the system. */
  readonly prepare: () => Promise<void>
  readonly log: Logger
}

/** Extensions as one generation has them. */
export interface TurningExtensions extends Pick<BackgroundOptions, 'createContext'> {
  /** Those that run: dependencies first. */
  readonly extensions: readonly ComposedExtension[]
}

/** What extensions do when a version of theirs serves for the first time; it goes on beside requests. */
export type VersionTurns = Pick<Background, 'settle' | 'retire' | 'stop'> & { readonly start: () => void }

/**
 * Has extensions do what they do when they are installed or upgraded, once on a database. Which versions had served when
 * this process began is kept for as long as it lives: where another one is noted meanwhile, other code has come, and what
 * is done about that is not for this process.
 */
export function createVersionTurns({
  database: { session },
  supervision,
  prepare,
  log,
}: VersionTurnsOptions): (of: TurningExtensions) => VersionTurns {
  const over = new Set<string>()
  let known: ReadonlyMap<string, string> | undefined

  return ({ extensions, createContext }) => {
    const leaving = new AbortController()
    const aborting = new AbortController()
    let looking: Promise<void> = Promise.resolve()
    let timer: NodeJS.Timeout | undefined

    /** Does what one does, notes its version, and answers whether that is over. */
    const take = async (one: ComposedExtension, turn: Turn): Promise<boolean> => {
      const ending = new AbortController()
      const own = log.child({ extension: turn.name, version: turn.version })
      try {
        if (one.extension.lifecycle) await prepare()
        const facts = { requestId: crypto.randomUUID(), log: own, signal: ending.signal }
        const whose = await createContext(turn.name, facts).transaction(async context => {
          const answer = await takeTurn(context.database(), turn)
          if (answer !== 'MINE') return answer
          await inTime(one, turn, { context, ending })
          await noteServedVersion(context.database(), turn, { at: context.now(), userId: systemViewer.id })
          return answer
        })
        return whose !== 'OTHERS'
      } catch (failure) {
        own.error(
          { err: describeFailure(failure), from: turn.from },
          'what an extension does when it is installed or upgraded failed; it is tried again',
        )
        return false
      }
    }

    const inTime = (
      { extension }: ComposedExtension,
      { name, from }: Turn,
      { context, ending }: { readonly context: DataContext; readonly ending: AbortController },
    ): Promise<void> => {
      const { limits, lifecycle = {} } = extension
      const supervisor = supervision.of(name, limits)
      const hook = from === null ? 'afterInstall' : 'afterUpgrade'
      return withinDeadline<void>(
        aborted => {
          aborted.addEventListener('abort', () => ending.abort(aborted.reason), { once: true })
          return supervisor.background(`lifecycle.${hook}`, () =>
            from === null ? lifecycle.afterInstall?.(context) : lifecycle.afterUpgrade?.(context, { from }),
          )
        },
        {
          deadlineMs: supervisor.limits.writeDeadlineMs,
          signal: aborting.signal,
          what: `lifecycle.${hook} of ${name}`,
        },
      )
    }

    const look = async (): Promise<void> => {
      try {
        known ??= await readServedVersions(session.sql)
        for (const one of extensions) {
          const { name, version } = one
          if (leaving.signal.aborted) return
          if (over.has(name)) continue
          const from = known.get(name) ?? null
          if (from === version || (await take(one, { name, version, from }))) over.add(name)
        }
        if (extensions.every(({ name }) => over.has(name))) clearInterval(timer)
      } catch (failure) {
        log.warn(
          { err: describeFailure(failure) },
          'which versions have served is not known; it is tried again',
        )
      }
    }
    const lookAgain = (): void => {
      looking = looking.then(look)
    }

    const retire = async (): Promise<void> => {
      leaving.abort()
      clearInterval(timer)
      await looking
    }

    return {
      start() {
        if (timer || leaving.signal.aborted || extensions.length === 0) return
        // To try again alone is no reason to stay.
        timer = setInterval(lookAgain, againMs).unref()
        lookAgain()
      },
      settle: () => looking,
      retire,
      async stop() {
        const grace = setTimeout(() => aborting.abort(), graceMs)
        await retire()
        clearTimeout(grace)
      },
    }
  }
}
