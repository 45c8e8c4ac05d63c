/** The process: configuration, database, gateway, listen, drain. */
import { type Logger, pino } from 'pino'
import { extensions } from '../extensions/index.ts'
import { type Config, loadConfig } from './config.ts'
import { bootstrapUsers, ensureBootstrapUsers } from './database/bootstrap-users.ts'
import { openConnection } from './database/connect.ts'
import { ensureUsers } from './database/ensure-users.ts'
import { createSealer, type Sealer } from './lib/seal.ts'
import { banner } from './start/banner.ts'
import { encryptionKeysOf, readOrMakeKeys } from './start/local-keys.ts'
import { startTrellis, type TrellisOptions } from './start/trellis.ts'

/** Where the configuration names no keys, they are made for the users that every installation has. */
const keyHolders = [bootstrapUsers.administrator, bootstrapUsers.agent].map(({ role, email }) => ({
  role,
  email,
}))

async function main(config: Config, log: Logger): Promise<void> {
  const isEmbedded = config.database.url === null
  const isOpen = isEmbedded && config.mode === 'development'
  // Closed in the opposite order: on leaving, and when something further down cannot be had.
  await using opening = new AsyncDisposableStack()
  const opened = opening.use(await openConnection({ ...config.database, log }))
  const made =
    config.apiKeys.length > 0 ? [] : await readOrMakeKeys(config.database.dataDirectory, keyHolders)

  const prepare: NonNullable<TrellisOptions['prepare']> = async (database, storage) => {
    await ensureBootstrapUsers(database)
    await ensureUsers(database, config.apiKeys)
    if (isEmbedded && config.sampleData) {
      // Imported here: only a first start needs its vocabulary.
      const { seedSampleData } = await import('../prisma/seed/index.ts')
      const { seeded, ...counts } = await seedSampleData(database, { storage })
      if (seeded) log.info(counts, 'made sample data')
    }
  }
  const trellis = opening.use(
    await startTrellis({
      config,
      connection: opened.connection,
      extensions,
      isolation: config.isolation,
      keys: made.length > 0 ? made : config.apiKeys,
      developmentViewer: isOpen ? bootstrapUsers.administrator.email : null,
      log,
      process,
      prepare,
      sealer: await sealerOf(config),
    }),
  )
  const listening = await trellis.gateway.listen()
  opening.defer(() => listening.close())
  process.stdout.write(banner({ url: listening.url, keys: made, isOpen }))
  // What nobody waits for begins when everybody else is served.
  void trellis.background.start()
  if (isOpen) log.warn({}, 'requests from this machine need no key and are the administrator')

  const open = opening.move()
  const leave = async (signal: NodeJS.Signals): Promise<void> => {
    log.info({ signal }, 'leaving: requests in flight may finish')
    await open.disposeAsync()
    log.info({ signal }, 'left')
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void leave(signal).catch((error: unknown) => fail(error)))
}

async function sealerOf(config: Config): Promise<Sealer | null> {
  const [first, ...others] = await encryptionKeysOf(config)
  return first ? createSealer([first, ...others]) : null
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

try {
  const config = loadConfig()
  await main(config, pino({ level: config.logLevel, base: null }))
} catch (error) {
  fail(error)
}
