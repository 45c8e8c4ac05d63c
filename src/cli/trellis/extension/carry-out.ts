import { CommandError } from '../command-error.ts'
import type { Surroundings } from '../surroundings.ts'
import { describePlan, type PlannedAction } from './describe-plan.ts'
import type { PlanOptions } from './plan-options.ts'
import type { Planned } from './plan-shape.ts'

/** As it is said when it is done. */
const participles: Readonly<Record<PlannedAction, string>> = {
  enable: 'enabled',
  disable: 'disabled',
  add: 'added',
  update: 'updated',
  remove: 'removed',
}

export interface CarryOutOptions {
  readonly action: PlannedAction
  readonly name: string
  readonly planned: Planned
  readonly options: PlanOptions
  readonly surroundings: Pick<Surroundings, 'print' | 'paint' | 'confirm'>
}

/** Says what a decision would do, and takes it if that is wanted. @throws CommandError when it is not */
export async function sayAndCarryOut({
  action,
  name,
  planned: { plan, carryOut },
  options,
  surroundings: { print, paint, confirm },
}: CarryOutOptions): Promise<void> {
  print(describePlan(action, name, plan, paint))
  if (options.plan) return
  if (plan.breaking.some(({ isBreaking }) => isBreaking) && !options.yes) {
    const isWanted = await confirm(
      `Operations of clients break. Is ${name} to be ${participles[action]} all the same?`,
    )
    if (isWanted === null)
      throw new CommandError(
        'Nothing was changed: something breaks, and nobody is there to ask. --yes does it.',
      )
    if (!isWanted) throw new CommandError('Nothing was changed.')
  }
  await carryOut()
  print(`\n${name} is ${participles[action]}; gateways follow within two seconds.`)
}
