import type { Context, DataContext, Emitter, JobQueue, Services, Store } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { createEmitter, createJobQueue } from '../../background/index.ts'
import type { Session } from '../../database/database.ts'
import { type Entities, readableRecords } from '../../entity/index.ts'
import { createStore } from '../../store/index.ts'
import type { OwnDomain } from './domain.ts'

export interface DataContextOptions {
  readonly entities: Entities
  readonly session: Session
  readonly domain: OwnDomain
  /** The services as that domain asks for them, whoever's mutation it is in. */
  readonly servicesOf: () => Services
}

/** The same context with the database behind it. Its getters stay the request's, so it is no copy. */
export function dataContext(
  context: Context,
  { entities, session: { sql }, domain, servicesOf }: DataContextOptions,
): DataContext {
  const { postgresSchema } = domain
  const own = postgresSchema === null ? sql : sql.withSchema(postgresSchema)
  // Which tables there are, only the caller knows: its Prisma schema made the type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
  const database = <Tables>(): Kysely<Tables> => own as unknown as Kysely<Tables>
  const readable = readableRecords(entities, context.rights)
  const basis = {
    database: { value: database },
    readable: { value: readable },
    services: { get: servicesOf },
  }
  return Object.create(
    context,
    postgresSchema === null
      ? { ...basis, ...notForTheCore }
      : { ...basis, ...forExtension(context, sql, domain) },
  )
}

const refused = (name: string): PropertyDescriptor => ({
  get() {
    throw new Error(`context.${name} is for extensions; modules of the core have tables and services.`)
  },
})

const notForTheCore: PropertyDescriptorMap = {
  events: refused('events'),
  jobs: refused('jobs'),
  store: refused('store'),
}

/** Made when they are asked for: most requests do not. */
const forExtension = (
  { viewer }: Context,
  database: Kysely<unknown>,
  { name: extension, emits = {}, jobs = new Set() }: OwnDomain,
): PropertyDescriptorMap => {
  // One for all who ask, so that what they read or leave in one turn is one statement.
  let store: Store | undefined
  let events: Emitter | undefined
  let queue: JobQueue | undefined
  return {
    store: { get: () => (store ??= createStore({ database, extension })) },
    events: { get: () => (events ??= createEmitter({ database, extension, emits, viewerId: viewer.id })) },
    jobs: { get: () => (queue ??= createJobQueue({ database, extension, jobs, viewerId: viewer.id })) },
  }
}
