import { keyOf } from '../../data/facts.ts'
import { post } from '../../measure/post.ts'

export const headers = { authorization: `Bearer ${keyOf('administrator')}` }

const bodyOf = (selection: string, declared = '', variables: object = {}): string =>
  JSON.stringify({
    query: `query ($first: Int!${declared}) { customers(first: $first) { nodes { id name industry ${selection} } } }`,
    variables: { first: 20, ...variables },
  })

/** What the load asks: fields of the core, of 20 customers. */
export const coreBody = bodyOf('')

/** The same with a field of a service. */
export const bodyWith = (fieldName: string): string => bodyOf(`fault: ${fieldName}`)

/** The same with a field that is told in which way to go wrong, in a variable: the document is known by then. */
export const bodyWithHow = (fieldName: string, how: string): string =>
  bodyOf(`fault: ${fieldName}(how: $how)`, ', $how: String!', { how })

/** An answer to the same with a field of the extension, under the name `fault`. */
export interface AnsweredBeside {
  /** The fields of the core, as the load gets them. */
  readonly core: string
  /** Without the errors: the response as it came. */
  readonly whole: string
  /** `refused`: the extension was not called, since its breaker is open. */
  readonly state: 'sound' | 'failed' | 'refused'
  /** By `performance.now()`. */
  readonly at: number
}

/** As the gateway words it: the process's breaker, that of the connections to a remote, and that there is nobody to call. */
const refusal = /is left alone|BREAKER_OPEN|is not there; it is being started/

/** @throws Error when there is no answer, or none of GraphQL's */
export async function askBeside(url: string, body: string): Promise<AnsweredBeside> {
  const { text } = await post({ url, headers, body })
  const { data, errors = [] } = JSON.parse(text) as {
    readonly data?: { readonly customers?: { readonly nodes?: readonly object[] } }
    readonly errors?: readonly { readonly message: string }[]
  }
  const nodes = data?.customers?.nodes ?? []
  const withoutFault = nodes.map(node =>
    Object.fromEntries(Object.entries(node).filter(([name]) => name !== 'fault')),
  )
  const isRefused = errors.some(({ message }) => refusal.test(message))
  return {
    core: JSON.stringify({ data: { customers: { nodes: withoutFault } } }),
    whole: JSON.stringify(data),
    state: isRefused ? 'refused' : errors.length > 0 ? 'failed' : 'sound',
    at: performance.now(),
  }
}
