import type { PgBoss } from 'pg-boss'
import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundLog } from './background-options.ts'

/** Where the database is, as pg's pool takes it. */
export interface BossConnection {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly database: string
  readonly options?: string
}

/**
 * Starts pg-boss on tables of its own, in the PostgreSQL schema `pgboss`, on two connections of its own at most.
 * Imported here: where no extension has jobs, nobody pays for it.
 */
export async function openBoss(connection: BossConnection, log: BackgroundLog): Promise<PgBoss> {
  const { PgBoss: Boss } = await import('pg-boss')
  const boss = new Boss({
    ...connection,
    application_name: 'trellis jobs',
    max: 2,
    // A run whose process has died is noticed within 45 seconds: its heartbeat's time and this.
    monitorIntervalSeconds: 15,
    superviseIntervalSeconds: 15,
    cronMonitorIntervalSeconds: 10,
    cronWorkerIntervalSeconds: 2,
  })
  boss.on('error', failure => log.warn({ err: describeFailure(failure) }, 'the queue of jobs had a failure'))
  await boss.start()
  return boss
}
