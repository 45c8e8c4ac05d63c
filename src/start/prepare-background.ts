import type { Logger } from 'pino'
import { type Background, type BackgroundOptions, createBackground, openBoss } from '../background/index.ts'
import type { Composition } from '../composition/index.ts'
import type { ConnectionParts } from '../database/connection.ts'
import type { Database } from '../database/database.ts'
import { systemViewer } from '../database/system-user.ts'
import type { ContextDomain } from '../gateway/context/domain.ts'
import type { ContextOwner, createContexts } from '../gateway/context/index.ts'
import type { DiskStorage } from '../storage/disk-storage.ts'
import type { TurningExtensions, VersionTurns } from './version-turns.ts'

export interface PrepareBackgroundOptions
  extends Pick<ReturnType<typeof createContexts>, 'createOwnContext'>,
    Pick<BackgroundOptions, 'prepare' | 'retentionDays' | 'retryDelaysMs' | 'jobRhythm'> {
  readonly composition: Composition
  /** What the contexts of an extension's code are made for, by its name. */
  readonly owners: ReadonlyMap<string, ContextOwner>
  readonly connection: ConnectionParts
  readonly database: Database
  readonly versionTurns: (of: TurningExtensions) => VersionTurns
  readonly log: Logger
}

/** Events and jobs of the extensions that run, and what they do when they are new. It begins when it is started. */
export function prepareBackground({
  composition,
  owners,
  connection,
  database,
  createOwnContext,
  versionTurns,
  ...options
}: PrepareBackgroundOptions): Background {
  const running = composition.extensions.filter(({ status }) => status === 'ENABLED')
  const createContext: BackgroundOptions['createContext'] = (extension, facts) => {
    const owner = owners.get(extension)
    if (!owner) throw new Error(`There is no extension ${extension} to make a context for.`)
    return createOwnContext({ ...facts, viewer: systemViewer }, owner)
  }
  const background = createBackground({
    ...options,
    database: database.session.sql,
    extensions: running.map(({ name, extension: { events = {}, jobs = {} } }) => ({ name, events, jobs })),
    installed: composition.extensions.map(({ name }) => name),
    disabled: composition.extensions.flatMap(({ name, status }) => (status === 'DISABLED' ? [name] : [])),
    openBoss: () => openBoss(connection, options.log, options.jobRhythm),
    createContext,
  })
  // A service elsewhere has no code here that could be new.
  const turns = versionTurns({
    extensions: running.filter(({ extension }) => !extension.remote),
    createContext,
  })
  return {
    ...background,
    start() {
      turns.start()
      return background.start()
    },
    async settle() {
      await turns.settle()
      await background.settle()
    },
    async retire() {
      await Promise.all([turns.retire(), background.retire()])
    },
    async stop() {
      await Promise.all([turns.stop(), background.stop()])
    },
  }
}

/** What the contexts are made for of code that no operation runs. */
export const ownersOf = (
  domains: readonly ContextDomain[],
  disk: Pick<DiskStorage, 'area'>,
): ReadonlyMap<string, ContextOwner> =>
  new Map(
    domains.flatMap(domain =>
      domain.postgresSchema === null
        ? []
        : [[domain.name, { domain, storage: disk.area(domain.postgresSchema) }]],
    ),
  )

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
