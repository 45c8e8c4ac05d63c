import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

const running = new Set<ChildProcess>()

/** Starts Node on a script, in a process that does not outlive this one. */
export function spawnNode(words: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, [...words], options)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

export function killAll(): void {
  for (const child of running) child.kill('SIGKILL')
}
