import { type Kysely, sql } from 'kysely'

export interface JobKey {
  readonly extension: string
  readonly name: string
}

/** Notes for everybody that a job runs. */
export async function jobStarted(database: Kysely<unknown>, { extension, name }: JobKey): Promise<void> {
  await sql`
    insert into "ExtensionJob" (extension, name, status, "startedAt") values (${extension}, ${name}, 'RUNNING', now())
    on conflict (extension, name) do update set status = 'RUNNING', "startedAt" = now(), "finishedAt" = null, error = null`.execute(
    database,
  )
}

/** Notes how it went: `error` is null for one that went well. */
export async function jobFinished(
  database: Kysely<unknown>,
  { extension, name }: JobKey,
  error: string | null,
): Promise<void> {
  await sql`
    update "ExtensionJob"
    set status = case when ${error}::text is null then 'SUCCEEDED' else 'FAILED' end, "finishedAt" = now(), error = ${error}
    where extension = ${extension} and name = ${name}`.execute(database)
}
