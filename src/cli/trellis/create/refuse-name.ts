import { defineExtension, type Extension } from '@trellis/sdk'
import type { Problem } from '../../../composition/index.ts'
import { CommandError } from '../command-error.ts'
import { composeAndReport } from '../compose-and-report.ts'

/** By the rules of composition itself. @throws CommandError when the name is not allowed, or taken */
export function refuseName(name: string, installed: readonly Extension[]): void {
  const problems = problemsOf(name, [...installed, defineExtension({ name, version: '0.0.0', typeDefs: '' })])
  const found = problems.find(({ code }) => code === 'INVALID_SUBGRAPH_NAME' || code === 'DUPLICATE_NAME')
  if (found?.code === 'DUPLICATE_NAME')
    throw new CommandError(`An extension ${JSON.stringify(name)} is installed already. Choose another name.`)
  if (found)
    throw new CommandError(
      `${JSON.stringify(name)} is no name for an extension: 2 to 41 lower-case letters, digits and hyphens are, the first a letter, that no part of the core has.`,
      { exitCode: 2 },
    )
}

/**
 * Its names may meet those of another extension, such as `shop-cart` those of `shop`.
 *
 * @throws CommandError with the first error that the extension of this name has a part in
 */
export function refuseWhatDoesNotCompose(name: string, extensions: readonly Extension[]): void {
  const [first] = problemsOf(name, extensions)
  if (first) throw new CommandError(`What this name leads to does not compose. ${first.message} ${first.fix}`)
}

/** What is wrong with others alone is theirs to mend, and a warning keeps nobody from composing. */
const problemsOf = (name: string, extensions: readonly Extension[]): readonly Problem[] =>
  composeAndReport(extensions).problems.filter(
    ({ severity, extensions: places }) => severity === 'error' && places.some(place => place.name === name),
  )
