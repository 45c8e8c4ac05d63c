/** The process: configuration, database, gateway, listen, drain. */
import { type Logger, pino } from 'pino'
import { extensions } from '../extensions/index.ts'
import { type Config, loadConfig } from './config/index.ts'
import { bootstrapUsers, ensureBootstrapUsers } from './database/bootstrap-users.ts'
import { openConnection } from './database/connect.ts'
import { ensureUsers } from './database/ensure-users.ts'
import { importInstalled } from './installed/index.ts'
import { createSealer, type Sealer } from './lib/seal.ts'
import { findParent, type LeaveReason, type Parent } from './primary/index.ts'
import { banner } from './start/banner.ts'
import { encryptionKeysOf, readOrMakeKeys } from './start/local-keys.ts'
import { settleInstallation } from './start/settle-installation.ts'
import { startTrellis } from './start/trellis.ts'
import type { TrellisOptions } from './start/trellis-options.ts'

/** Where the configuration names no keys, they are made for the users that every installation has. */
const keyHolders = [bootstrapUsers.administrator, bootstrapUsers.agent].map(({ role, email }) => ({
  role,
  email,
}))

/** How long the processes of extensions are waited for by a worker whom nobody waits for: one that fails is started for ever. */
const processesMs = 30_000

async function main(config: Config, log: Logger, parent: Parent | null): Promise<void> {
  const isEmbedded = config.database.url === null
  const isOpen = isEmbedded && config.mode === 'development'
  // Closed in the opposite order: on leaving, and when something further down cannot be had.
  await using opening = new AsyncDisposableStack()
  const opened = opening.use(await openConnection({ ...config.database, log }))
  const { dataDirectory } = config.database
  const settled = await settleInstallation({ connection: opened.connection, dataDirectory })
  if (settled) log.warn(settled, 'a command that installs was broken off: what it was about to do is settled')
  const installed = await importInstalled(dataDirectory)
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
      extensions: [...extensions, ...installed.extensions],
      withNewerTables: installed.withNewerTables,
      isolation: config.isolation,
      keys: made.length > 0 ? made : config.apiKeys,
      developmentViewer: isOpen ? bootstrapUsers.administrator.email : null,
      log,
      process,
      prepare,
      sealer: await sealerOf(config),
    }),
  )
  // Beside others it need not answer before its extensions do; alone, it serves the core at once.
  if (await parent?.isAccompanied()) await trellis.processesAnswer(processesMs)
  const listening = await trellis.gateway.listen()
  let leaving: LeaveReason = 'SIGTERM'
  opening.defer(() => listening.close({ isReplaced: leaving === 'replaced' }))
  const said = banner({ url: listening.url, keys: made, isOpen })
  if (parent) {
    const { workers, drainSeconds, logLevel } = config
    parent.serving({ url: listening.url, banner: said, workers, drainSeconds, dataDirectory, logLevel })
  } else process.stdout.write(said)
  // What nobody waits for begins when everybody else is served.
  void trellis.background.start()
  if (isOpen) log.warn({}, 'requests from this machine need no key and are the administrator')

  const open = opening.move()
  let left: Promise<void> | undefined
  const leave = async (reason: LeaveReason): Promise<void> => {
    leaving = reason
    log.info({ reason }, 'leaving: requests in flight may finish')
    await open.disposeAsync()
    log.info({ reason }, 'left')
  }
  // A terminal sends its signal to the primary and to us, and the primary asks us as well.
  const leaveOnce = (reason: LeaveReason): void => {
    left ??= leave(reason)
      .catch((error: unknown) => fail(error))
      .finally(() => parent?.release())
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => leaveOnce(signal))
  parent?.onLeave(leaveOnce)
}

async function sealerOf(config: Config): Promise<Sealer | null> {
  const [first, ...others] = await encryptionKeysOf(config)
  return first ? createSealer([first, ...others]) : null
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

const parent = findParent()
try {
  const config = loadConfig()
  await main(config, pino({ level: config.logLevel, base: null }), parent)
} catch (error) {
  fail(error)
  await parent?.failed(error instanceof Error ? error.message : String(error))
  parent?.release()
}
