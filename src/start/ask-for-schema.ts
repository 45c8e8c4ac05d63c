import type { RemoteOptions } from '@trellis/sdk'
import { printSchema } from 'graphql'
import type { ReadSchema } from '../lifecycle/index.ts'
import { createRemoteExecutor, RemoteFailure, readServiceSchema } from '../remote/index.ts'

/** A decision waits for the answer, and others for the decision. */
const longestMs = 10_000

/** Asks a service that nobody calls yet for its schema. */
export async function askForSchema(name: string, remote: RemoteOptions): Promise<ReadSchema> {
  const timeoutMs = Math.min(remote.timeoutMs, longestMs)
  const executor = createRemoteExecutor({ name, remote: { ...remote, timeoutMs } })
  try {
    return { sdl: printSchema(await readServiceSchema(executor)) }
  } catch (thrown) {
    if (!(thrown instanceof RemoteFailure)) throw thrown
    return { refusal: `The service does not tell its schema (${thrown.kind}): ${thrown.message}` }
  } finally {
    await executor.close()
  }
}
