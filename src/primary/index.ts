/** The process in front: it holds the port, and starts, replaces and ends the workers that serve. */
import cluster from 'node:cluster'
import { type Control, openControl } from './control.ts'
import { createCrew, FirstWorkerEnded } from './crew.ts'
import { createPrimaryLog } from './log.ts'
import type { Ending } from './worker.ts'

export type { LeaveReason } from './messages.ts'
export { findParent, type Parent } from './parent.ts'

/** Runs until it is told to leave, by SIGTERM or SIGINT, or its first worker cannot serve. SIGUSR2 reloads. */
export async function runPrimary(): Promise<void> {
  // Workers take connections from the one socket that all of them have, so that nothing stands between them and
  // clients; what waits in it while one leaves is taken by the next.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  let logLevel = 'info'
  const log = createPrimaryLog(() => logLevel)
  const crew = createCrew({ log })
  let control: Control | undefined
  let left: Promise<void> | undefined

  const leave = async (signal: 'SIGTERM' | 'SIGINT'): Promise<void> => {
    const [ending] = await Promise.all([crew.leave(signal), control?.close()])
    endAs(ending)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      left ??= leave(signal)
    })
  if (process.platform !== 'win32')
    process.on('SIGUSR2', () => void crew.reload().served.catch(() => undefined))

  try {
    const { banner, dataDirectory, ...serving } = await crew.begin()
    logLevel = serving.logLevel
    control = await openControl({ dataDirectory, reload: crew.reload, log }).catch((failure: unknown) => {
      log.warn({ failure: String(failure) }, 'commands on this machine cannot ask this gateway to reload')
      return undefined
    })
    // Whoever reads it may ask at once.
    process.stdout.write(banner)
    if (left) await control?.close()
  } catch (error) {
    if (!(error instanceof FirstWorkerEnded)) throw error
    // Whoever was told to leave before it served does so in its own time, below.
    if (!left) endAs(error.ending)
  }
}

/** Ends as a worker did, so that whoever started us sees what became of it. */
function endAs({ code, signal }: Ending): void {
  if (signal === 'SIGTERM' || signal === 'SIGINT') process.kill(process.pid, signal)
  else process.exitCode = code ?? 1
}
