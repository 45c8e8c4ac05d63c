import { CommandError } from '../../command-error.ts'
import type { Surroundings } from '../../surroundings.ts'
import { type Carried, carryOut } from './carry-out.ts'
import type { Change } from './changes.ts'
import { describeChange } from './describe-change.ts'
import { openWorkshop, type Workshop } from './open-workshop.ts'

export interface ChangeOptions {
  readonly plan?: boolean
  readonly yes?: boolean
  readonly acceptBreaking?: boolean
  readonly acceptNewerTables?: boolean
}

const actions = {
  install: { words: 'install', done: 'installed' },
  upgrade: { words: 'upgrade', done: 'upgraded' },
  rollback: { words: 'roll back', done: 'rolled back' },
  uninstall: { words: 'uninstall', done: 'uninstalled' },
} as const

export interface RunChangeOptions {
  readonly options: ChangeOptions
  readonly change: (workshop: Workshop) => Promise<Change>
  /** What follows once nobody serves what was before. */
  readonly afterwards?: () => Promise<void>
}

/** Opens the workshop, and says what was half done there. @throws CommandError while another command is at work */
export async function enterWorkshop({ print }: Surroundings): Promise<Workshop> {
  const workshop = await openWorkshop()
  if (workshop.recovered) {
    const { operation, outcome } = workshop.recovered
    print(`The ${operation.kind} of ${operation.name} had been broken off, and was ${outcome}.\n`)
  }
  return workshop
}

/**
 * Says what a change would do, asks, and does it.
 *
 * @throws CommandError when it is refused, and nothing was changed then, or fails as `carryOut` does
 */
export async function runChange(
  workshop: Workshop,
  { print, paint, confirm }: Surroundings,
  { options, change: planned, afterwards }: RunChangeOptions,
): Promise<void> {
  const { plan, carried } = await planned(workshop)
  const { kind, name, from, to } = carried.operation
  const { words, done } = actions[kind]
  const versions = { from: from?.version ?? null, to: to?.version ?? null }
  const { dataDirectory } = workshop.config.database
  print(describeChange({ action: words, name, ...versions, plan, dataDirectory, paint }))
  if (options.plan) return
  const isBreaking = kind !== 'uninstall' && plan.schema.breaking.some(change => change.isBreaking)
  if (isBreaking && !options.acceptBreaking)
    throw new CommandError('\nNothing was changed: operations of clients break. --accept-breaking does it.')
  if (plan.newer.length > 0 && !options.acceptNewerTables)
    throw new CommandError(
      '\nNothing was changed: migrations go forward only, so the tables stay as the newer version has made them. ' +
        'Where this version can work on them, --accept-newer-tables does it.',
    )
  if (!options.yes) {
    const isWanted = await confirm(`Is ${name} to be ${done}?`)
    if (isWanted === null)
      throw new CommandError('\nNothing was changed: nobody is there to ask. --yes does it.')
    if (!isWanted) throw new CommandError('Nothing was changed.')
  }
  const served = await carryOut({ workshop, ...carried })
  print(`\n${name} is ${done}${versions.to === null ? '' : `: ${versions.to}`}. ${servedBy(served)}`)
  if (!afterwards) return
  await served.left
  await afterwards()
}

const servedBy = ({ gateways }: Carried): string =>
  gateways === 0
    ? 'No gateway with this TRELLIS_DATA runs here: the next start has it.'
    : `${gateways === 1 ? 'The gateway' : `${gateways} gateways`} of this machine reloaded.`
