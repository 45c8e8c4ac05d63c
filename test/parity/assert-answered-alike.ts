import { type Answer, codesOf, type TestGateway, type TestRole } from '@trellis/testing'
import { difference } from './compare.ts'
import type { Gateways } from './gateways.ts'
import type { Operation } from './generator/operation.ts'

export interface NamedOperation extends Operation {
  /** What makes it again: a seed, or where it stands. */
  readonly name: string
}

/** One id for all requests, since errors carry it. */
const headers = { 'x-request-id': 'parity-request' }

/**
 * Asks the reference once and the fast gateway three times, since an operation that comes again goes another way.
 *
 * @throws Error with the operation and the first difference between two answers
 */
export async function assertAnsweredAlike(
  { reference, fast }: Gateways,
  operation: NamedOperation,
  as: TestRole,
): Promise<Answer> {
  const { query, variables } = operation
  const options = { as, headers }
  // graphql-jit puts a field that is skipped at first and selected again further down where it stood first.
  const ordered = !/@(?:skip|include)/.test(query)
  const ask = async (gateway: TestGateway): Promise<Answer> => {
    const answer = await gateway.ask(query, variables, options)
    return query.startsWith('mutation') ? withoutIds(answer) : answer
  }
  const expected = await ask(reference)
  const refusal = codesOf(expected)
    .map(String)
    .find(code => /^(?:GRAPHQL|BAD_REQUEST)/.test(code))
  if (refusal !== undefined) throw failure(operation, as, `was refused by ${refusal}`, expected.errors)
  for (const time of ['first', 'second', 'third']) {
    const found = difference(expected, await ask(fast), { ordered })
    if (found !== null) throw failure(operation, as, `was answered differently the ${time} time`, found)
  }
  return expected
}

/** What a mutation makes has another id each time. */
const withoutIds = (answer: Answer): Answer =>
  JSON.parse(
    JSON.stringify(answer)
      .replaceAll(/\b([a-z]{3})_[0-9a-z]{26}\b/g, '$1_…')
      // Numbers are counted on in dry runs, too.
      .replaceAll(/\b([A-Z])-\d{6}\b/g, '$1-…'),
  )

function failure(
  { name, query, variables }: NamedOperation,
  as: TestRole,
  what: string,
  details: unknown,
): Error {
  const shown = typeof details === 'string' ? details : JSON.stringify(details, null, 2)
  return new Error(
    `${name}, asked by the ${as}, ${what}.\n\n${query}\n${JSON.stringify(variables)}\n\n${shown}`,
  )
}
