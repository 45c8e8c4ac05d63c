import pg from 'pg'
import { createStatementNames } from './statement-names.ts'

/** Told of every statement that is sent, BEGIN and COMMIT included: what tests count. */
export type StatementObserver = (sql: string) => void

interface NamedStatement {
  readonly name?: string
  readonly text: string
}

const isStatement = (query: unknown): query is NamedStatement =>
  typeof query === 'object' && query !== null && 'text' in query && typeof query.text === 'string'

/** pg writes a Date in local time, with whole minutes of offset, which before 1900 many zones did not have. */
const asText = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value)

/**
 * A class of clients for a pool that give names to statements with parameters, so that each connection
 * plans them once: Kysely names none itself. What comes as an object, as from Prisma, keeps its own name.
 * A client sends one statement at a time, in the order in which they are asked for.
 */
export function preparedClient(observe: StatementObserver = () => undefined): typeof pg.Client {
  const nameOf = createStatementNames()
  // oxlint-disable-next-line typescript/unbound-method -- called with its client below
  const inherited = pg.Client.prototype.query
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config)
      let last: Promise<unknown> = Promise.resolve()
      const query = (text: unknown, values: unknown, ...rest: readonly unknown[]): unknown => {
        const send = (): unknown => {
          observe(isStatement(text) ? text.text : String(text))
          if (typeof text !== 'string' || !Array.isArray(values))
            return Reflect.apply(inherited, this, [text, values, ...rest])
          const name = nameOf(text)
          const statement = { text, values: values.map(asText), ...(name !== undefined && { name }) }
          return Reflect.apply(inherited, this, [statement, ...rest])
        }
        // Whoever passes a callback waits for it; others may ask at once, as loaders in a transaction do.
        if (typeof values === 'function' || rest.length > 0) return send()
        const sent = last.then(send, send)
        last = sent
        return sent
      }
      // An instance's own method, since pg declares `query` with many overloads that a subclass would repeat.
      Object.assign(this, { query })
    }
  }
}
