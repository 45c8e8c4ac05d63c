import type { Composition } from '../composition/index.ts'
import type { Database } from '../database/database.ts'
import type { Readiness } from '../gateway/plugins/use-health.ts'

/** Unavailable without the database; degraded when an extension is left out. */
export async function readinessOf(database: Database, { extensions }: Composition): Promise<Readiness> {
  const checks = Object.fromEntries(extensions.map(({ name, status }) => [`extension ${name}`, status.toLowerCase()]))
  const answers = await database.ping().then(
    () => true,
    () => false,
  )
  if (!answers) return { status: 'unavailable', checks: { database: 'does not answer', ...checks } }
  const isWhole = extensions.every(({ status }) => status === 'ENABLED')
  return { status: isWhole ? 'ok' : 'degraded', checks: { database: 'ok', ...checks } }
}
