import type { PgBoss } from 'pg-boss'
import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundLog } from './background-options.ts'
import { type JobRhythm, usualJobRhythm } from './job-rhythm.ts'

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
export async function openBoss(
  connection: BossConnection,
  log: BackgroundLog,
  { deadSeconds, schedulesSeconds, runsSeconds }: JobRhythm = usualJobRhythm,
): Promise<PgBoss> {
  const { PgBoss: Boss } = await import('pg-boss')
  const boss = new Boss({
    ...connection,
    application_name: 'trellis jobs',
    max: 2,
    monitorIntervalSeconds: deadSeconds,
    superviseIntervalSeconds: deadSeconds,
    cronMonitorIntervalSeconds: schedulesSeconds,
    // pg-boss takes whole seconds here.
    cronWorkerIntervalSeconds: Math.ceil(runsSeconds),
  })
  boss.on('error', failure => log.warn({ err: describeFailure(failure) }, 'the queue of jobs had a failure'))
  await boss.start()
  return boss
}
