/** Which states something goes through, in which order. */
export interface StateMachine<State extends string> {
  /** The states that may follow; those that it may begin in where there is none. None after a final one. */
  next(from: State | null): readonly State[]
  /** Why one state may not follow the other, in words that name those that may; `null` where it may. */
  refusal(from: State | null, to: State): string | null
}

export interface StateMachineOptions<State extends string> {
  /** The states that something may begin in. */
  readonly initial: readonly State[]
  /** The states that may follow each. */
  readonly next: Readonly<Record<State, readonly State[]>>
}

/** `A`, `A or B`, `A, B or C`. */
const alternatives = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`

/**
 * Makes a state machine of a table of states. It knows which steps there are; what else has to be true of
 * whoever takes one is looked at beside it.
 *
 * @example
 * const machine = createStateMachine({ initial: ['OPEN'], next: { OPEN: ['CLOSED'], CLOSED: [] } })
 * machine.refusal('CLOSED', 'OPEN') // 'status is CLOSED, which is final.'
 */
export function createStateMachine<State extends string>({
  initial,
  next,
}: StateMachineOptions<State>): StateMachine<State> {
  const following = (from: State | null): readonly State[] => (from === null ? initial : next[from])
  return {
    next: following,
    refusal(from, to) {
      const allowed = following(from)
      if (allowed.includes(to)) return null
      if (from === null) return `status begins as ${alternatives(allowed)}, and not as ${to}.`
      if (allowed.length === 0) return `status is ${from}, which is final.`
      const already = from === to ? ' already' : ''
      return `status is ${from}${already}; it may become ${alternatives(allowed)}${already ? '' : `, and not ${to}`}.`
    },
  }
}
