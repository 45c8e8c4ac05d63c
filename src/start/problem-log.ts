import type { Log } from '@trellis/sdk'
import type { Composition } from '../composition/index.ts'

/** Logs what is wrong with extensions, each problem once for as long as it stays. */
export function createProblemLog(log: Log): (composition: Composition) => void {
  let known: ReadonlySet<string> = new Set()
  return ({ extensions }) => {
    const now = new Set<string>()
    for (const { name, status, problems } of extensions)
      for (const problem of problems) {
        const key = JSON.stringify([name, status, problem])
        now.add(key)
        if (known.has(key)) continue
        if (problem.severity === 'warning')
          log.warn({ extension: name, ...problem }, 'the extension could be better')
        else log.error({ extension: name, status, ...problem }, 'the extension does not work')
      }
    known = now
  }
}
