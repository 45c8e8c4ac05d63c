import type { ConnectionParts } from '../connection.ts'
import { type Joined, join, type Origin } from './join.ts'
import { giveUpPresence, type Presence } from './presence.ts'
import type { Residence } from './residence.ts'
import type { StartLog } from './start-log.ts'
import { stopServer } from './stop.ts'

/** A server that runs as long as somebody has not left it. */
export interface EmbeddedServer {
  readonly connection: ConnectionParts
  readonly origin: Origin
  /** Leaves the server, and stops it when nobody else is there. Close your own connections first. */
  readonly leave: () => Promise<void>
}

interface MembershipOptions {
  readonly residence: Residence
  readonly joined: Joined
  readonly log: StartLog
  readonly patience: number
}

/** Stays present at a server until `leave` is called, also when that takes starting the server anew. */
export function keepMembership({ residence, joined, log, patience }: MembershipOptions): EmbeddedServer {
  let presence = joined.presence
  let returning: Promise<void> | undefined
  let leaving: Promise<void> | undefined

  watch(presence)
  return { connection: joined.connection, origin: joined.origin, leave: () => (leaving ??= leave()) }

  function watch(watched: Presence): void {
    void watched.ended.then(() => {
      if (!leaving) returning = comeBack()
    })
  }

  /** The server was killed or restarted under us. Without our presence, another process could stop it. */
  async function comeBack(): Promise<void> {
    log.warn({ home: residence.home }, 'the embedded database went away: starting it again')
    try {
      const again = await join(residence, patience)
      presence = again.presence
      watch(presence)
      log.info({ origin: again.origin, ...addressOf(again.connection) }, 'the embedded database is back')
      if (again.connection.port !== joined.connection.port) {
        log.warn(addressOf(again.connection), 'the embedded database has another port now: restart Trellis')
      }
    } catch (err) {
      log.warn({ err }, 'the embedded database cannot be started again: restart Trellis')
    }
  }

  async function leave(): Promise<void> {
    await returning
    try {
      if (!(await giveUpPresence(presence))) return
      const stopped = await stopServer(residence)
      if (!stopped) log.warn({ home: residence.home }, 'the embedded database was not seen to stop')
    } catch (err) {
      log.warn({ err, home: residence.home }, 'the embedded database could not be left in order')
    } finally {
      await presence.client.end()
    }
  }
}

const addressOf = ({ host, port }: ConnectionParts): object => ({ host, port })
