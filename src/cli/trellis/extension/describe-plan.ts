import type { Paint } from '../paint.ts'
import type { Plan } from './plan-shape.ts'
import type { RemoteAction } from './remote.ts'
import type { Action } from './switch-extension.ts'

/** What is planned before it is done. */
export type PlannedAction = Action | RemoteAction

/** What would come, go and break, as people read it. */
export function describePlan(action: PlannedAction, name: string, plan: Plan, paint: Paint): string {
  const { added, removed, breaking } = plan
  const heading = `To ${action} ${name}`
  if (added.length + removed.length + breaking.length === 0) return `${heading} changes nothing for clients.`
  const listed = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`${title}\n${lines.map(line => `  ${line}`).join('\n')}`]
  return [
    `${heading}:`,
    ...listed(
      'comes',
      added.map(({ coordinate }) => paint('good', coordinate)),
    ),
    ...listed(
      'goes',
      removed.map(({ coordinate }) => paint('warning', coordinate)),
    ),
    ...listed(
      'breaks for clients',
      breaking
        .filter(({ isBreaking }) => isBreaking)
        .map(({ code, message }) => `${paint('bad', code)}  ${message}`),
    ),
    ...listed(
      'may change for clients',
      breaking
        .filter(({ isBreaking }) => !isBreaking)
        .map(({ code, message }) => `${paint('warning', code)}  ${message}`),
    ),
  ].join('\n\n')
}
