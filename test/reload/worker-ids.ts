import { run } from '../packed-extension/run.ts'

/** The process ids of a primary's workers. */
export async function workerIds(primary: number | undefined): Promise<readonly number[]> {
  const rows = (await run('ps', ['-A', '-o', 'pid=,ppid='], process.cwd())).trim().split('\n')
  return rows
    .map(row => row.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === primary)
    .map(([id = 0]) => id)
}

/** Whether there is such a process. */
export function isThere(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}
