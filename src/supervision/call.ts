import type { Costs } from './costs.ts'

/** One call of an extension's code. What it starts is known to be its, however much later. */
export interface Call {
  /** The extension's name. */
  readonly extension: string
  /** What was called, such as `Customer.loyalty` or `checks.Order`. */
  readonly coordinate: string
  /** Where the operation's costs are noted; `null` where nobody asked for them. */
  readonly costs: Costs | null
  /** The request's signal, which aborts at the deadline too; made when somebody looks at it. */
  signal: AbortSignal | null
  deadline: AbortController | null
  /** The deadline has passed, and the extension was answered for. */
  isOver: boolean
  /** Something in its answer was found to be wrong. */
  isWrong: boolean
}

/** What code runs within: a call of an extension, or an operation whose costs are noted. */
export type Surroundings = Call | { readonly costs: Costs }

export const isCall = (surroundings: Surroundings | undefined): surroundings is Call =>
  surroundings !== undefined && 'coordinate' in surroundings

const tooLate = (): DOMException => new DOMException('The deadline of the call has passed.', 'TimeoutError')

/** The signal that an extension's code sees during a call. */
export function signalOf(call: Call, request: AbortSignal): AbortSignal {
  if (call.signal === null) {
    call.deadline = new AbortController()
    if (call.isOver) call.deadline.abort(tooLate())
    call.signal = AbortSignal.any([request, call.deadline.signal])
  }
  return call.signal
}

/** The deadline has passed. */
export function giveUp(call: Call): void {
  call.isOver = true
  call.deadline?.abort(tooLate())
}
