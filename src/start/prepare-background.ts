import type { Logger } from 'pino'
import { type Background, type BackgroundOptions, createBackground, openBoss } from '../background/index.ts'
import type { Composition } from '../composition/index.ts'
import type { ConnectionParts } from '../database/connection.ts'
import type { Database } from '../database/database.ts'
import { extensionPostgresSchema } from '../database/migrations/index.ts'
import { ensureSystemUser, systemViewer } from '../database/system-user.ts'
import type { ContextDomain } from '../gateway/context/domain.ts'
import type { createContexts } from '../gateway/context/index.ts'
import type { DiskStorage } from '../storage/disk-storage.ts'

export interface PrepareBackgroundOptions
  extends Pick<ReturnType<typeof createContexts>, 'createOwnContext'>,
    Pick<BackgroundOptions, 'retentionDays' | 'retryDelaysMs'> {
  readonly composition: Composition
  readonly domains: readonly ContextDomain[]
  readonly connection: ConnectionParts
  readonly database: Database
  readonly disk: Pick<DiskStorage, 'area'>
  readonly log: Logger
}

/** Events and jobs of the extensions that run. It begins when it is started. */
export function prepareBackground({
  composition,
  domains,
  connection,
  database,
  disk,
  createOwnContext,
  ...options
}: PrepareBackgroundOptions): Background {
  const extensions = composition.extensions
    .filter(({ status }) => status === 'ENABLED')
    .map(({ name, extension: { events = {}, jobs = {} } }) => ({ name, events, jobs }))
  const owners = new Map(
    domains.map(domain => [
      domain.name,
      { domain, storage: disk.area(extensionPostgresSchema(domain.name)) },
    ]),
  )
  return createBackground({
    ...options,
    database: database.session.sql,
    extensions,
    openBoss: () => openBoss(connection, options.log),
    prepare: () => ensureSystemUser(database.session),
    createContext(extension, facts) {
      const owner = owners.get(extension)
      if (!owner) throw new Error(`There is no extension ${extension} to make a context for.`)
      return createOwnContext({ ...facts, viewer: systemViewer }, owner)
    },
  })
}

/** A database that tells of each transaction that committed. */
export const tellingOfCommits = (database: Database, onCommit: () => void): Database => ({
  ...database,
  async begin() {
    const opened = await database.begin()
    return {
      ...opened,
      async commit() {
        await opened.commit()
        onCommit()
      },
    }
  },
})
