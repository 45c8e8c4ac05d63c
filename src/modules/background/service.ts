import { type DataContext, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import { assertAdministrator } from './administrators.ts'

export interface RetryInput {
  readonly extension: string
  /** All that were given up, when absent. */
  readonly ids?: readonly string[] | null | undefined
}

export interface ExtensionWorkService {
  /** Has events that were given up come once more, as if for the first time. Answers how many. */
  retry(input: RetryInput): Promise<number>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly extensionWork: ExtensionWorkService
  }
}

const mostAtOnce = 100

export const extensionWorkService = ({ database, rights, viewer }: DataContext): ExtensionWorkService => ({
  async retry({ extension, ids = null }) {
    assertAdministrator(viewer)
    // No extension's code does it for others.
    rights.assert('update', { entity: 'Extension' })
    if (ids && ids.length > mostAtOnce) {
      const message = `${ids.length} ids are given; ${mostAtOnce} are allowed. Leave ids out for all.`
      throw new UserErrors([{ code: 'OUT_OF_RANGE', message, path: ['input', 'ids'] }])
    }
    const { numAffectedRows = 0n } = await sql`
      update "EventDelivery" set "failedAt" = null, "dueAt" = now(), attempts = 0
      where extension = ${extension} and "failedAt" is not null
        and (${ids}::text[] is null or "eventId" = any(${ids}::text[]))`.execute(database())
    return Number(numAffectedRows)
  },
})
