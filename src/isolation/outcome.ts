import { type ErrorCode, ExtensionRefusal, errorCodes, TrellisError, UserErrors } from '@trellis/sdk'
import { type Outcome, packed, unpacked } from './protocol.ts'

/** What came of a piece of work, as it goes over the wire. What nobody was meant to see is told by its message only. */
export async function outcomeOf(work: () => Promise<unknown>): Promise<string> {
  return packed(await settled(work))
}

async function settled(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { kind: 'value', value: await work() }
  } catch (thrown) {
    if (thrown instanceof UserErrors) return { kind: 'userErrors', userErrors: thrown.userErrors }
    if (thrown instanceof TrellisError || thrown instanceof ExtensionRefusal) {
      const { code, message, extensions } = thrown
      return { kind: 'refusal', code, message, extensions: { ...extensions } }
    }
    return {
      kind: 'failure',
      message: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
    }
  }
}

/** The value that a piece of work elsewhere came to. @throws what it threw there, as far as that went over the wire */
export function valueOf(text: string): unknown {
  // Packed by the function above, and signed for by nobody: a process that lies can only lie about itself.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
  const outcome = unpacked(text) as Outcome
  switch (outcome.kind) {
    case 'value':
      return outcome.value
    case 'userErrors':
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- they were a UserErrors' there
      throw new UserErrors(outcome.userErrors as UserErrors['userErrors'])
    case 'refusal':
      throw isErrorCode(outcome.code)
        ? new TrellisError(outcome.code, outcome.message, { extensions: outcome.extensions })
        : new ExtensionRefusal(outcome.code, outcome.message)
    default:
      throw new Error(outcome.message)
  }
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
