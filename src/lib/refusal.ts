interface Refusal {
  readonly code: string
  readonly message: string
  readonly path: readonly string[]
}

/** Where something stands in a mutation's arguments. */
interface Placed {
  readonly path: readonly string[]
}

/** The userError of one field of a change's input. */
export const refusal = ({ path }: Placed, field: string, code: string, message: string): Refusal => ({
  code,
  message,
  path: [...path, field],
})

interface Identified extends Placed {
  readonly input: Readonly<Record<string, unknown>>
}

/** The userError of a record as a whole: where the input names it, by its id here or in another system. */
export const recordRefusal = (change: Identified, code: string, message: string): Refusal =>
  refusal(change, 'externalId' in change.input ? 'externalId' : 'id', code, message)
