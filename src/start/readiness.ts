import type { Running } from '@trellis/sdk'
import type { Composition } from '../composition/index.ts'
import type { Database } from '../database/database.ts'
import type { Readiness } from '../gateway/plugins/use-health.ts'

export interface ReadinessOptions {
  readonly database: Database
  readonly composition: Composition
  readonly running: ReadonlyMap<string, Running>
}

/** An extension that takes longer than this to say how it is, is not well. */
const patienceMs = 500

async function isHealthy({ health }: Running): Promise<boolean> {
  const { promise: tooLate, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, patienceMs, false)
  try {
    return await Promise.race([health?.() ?? true, tooLate])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** As it should be: what an administrator has switched off is. */
const sound: ReadonlySet<string> = new Set(['enabled', 'disabled'])

/** Unavailable without the database; degraded when an extension is left out, says that it cannot do its work, is left alone, or has changed so that operations fail. */
export async function readinessOf({ database, composition, running }: ReadinessOptions): Promise<Readiness> {
  const states = await Promise.all(
    composition.extensions.map(async extension => {
      const { name, status } = extension
      const made = running.get(name)
      const isWell = !made || (await isHealthy(made))
      const circuit = composition.supervision.supervisors.get(name)?.breaker.state ?? 'closed'
      if (isWell && status === 'ENABLED' && circuit !== 'closed')
        return [`extension ${name}`, 'failing'] as const
      // What a service has more harms nobody.
      const isBroken = (composition.driftOf(extension)?.breaking.length ?? 0) > 0
      if (isWell && status === 'ENABLED' && isBroken) return [`extension ${name}`, 'drifted'] as const
      return [`extension ${name}`, isWell ? status.toLowerCase() : 'unhealthy'] as const
    }),
  )
  const answers = await database.ping().then(
    () => true,
    () => false,
  )
  const isWhole = states.every(([, state]) => sound.has(state))
  return {
    status: answers ? (isWhole ? 'ok' : 'degraded') : 'unavailable',
    checks: { database: answers ? 'ok' : 'does not answer', ...Object.fromEntries(states) },
  }
}
