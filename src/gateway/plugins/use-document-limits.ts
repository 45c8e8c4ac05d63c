import { TrellisError } from '@trellis/sdk'
import { type DocumentNode, GraphQLError, type ParseOptions, parse, type Source, visit } from 'graphql'
import type { GatewayPlugin } from '../exchange.ts'

export interface DocumentLimits {
  /** Words and signs; 10,000 take some 10 ms to parse and validate. @default 10000 */
  readonly maxTokens?: number
  /** Selections or values in each other. Much less than what overflows the stack of those who walk them. @default 100 */
  readonly maxDepth?: number
}

/** Syntax nodes and lists of them per level of nesting: a selection set, its list, a field. */
const nodesPerLevel = 3

const parseFailed = { code: 'GRAPHQL_PARSE_FAILED', http: { status: 400, spec: true } }

const tooDeep = (maxDepth: number) =>
  new GraphQLError(`The document is nested more than ${maxDepth} deep. Ask in several operations.`, {
    extensions: parseFailed,
  })

/** A bound on what a document may cost before anyone looks at what it means. */
export const useDocumentLimits = ({
  maxTokens = 10_000,
  maxDepth = 100,
}: DocumentLimits = {}): GatewayPlugin => ({
  onParse({ setParseFn }) {
    setParseFn((source: string | Source, options?: ParseOptions): DocumentNode => {
      const document = parseBounded(source, { ...options, maxTokens }, maxDepth)
      visit(document, {
        enter(node, _key, _parent, _path, ancestors) {
          if (ancestors.length > maxDepth * nodesPerLevel) throw tooDeep(maxDepth)
          // PostgreSQL's text cannot hold it, and would say so much later and less clearly.
          if (node.kind === 'StringValue' && node.value.includes('\0')) {
            const message = 'A string has the character NUL (\\u0000), which text cannot hold. Leave it out.'
            throw new GraphQLError(message, {
              nodes: node,
              originalError: new TrellisError('BAD_INPUT', message),
            })
          }
        },
      })
      return document
    })
  },
})

/** The parser descends with the document, so that ten thousand braces overflow its stack. */
function parseBounded(source: string | Source, options: ParseOptions, maxDepth: number): DocumentNode {
  try {
    return parse(source, options)
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(maxDepth) : error
  }
}
