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

/**
 * A class of clients for a pool that give names to statements with parameters, so that each connection
 * plans them once: Kysely names none itself. What comes as an object, as from Prisma, keeps its own name.
 */
export function preparedClient(observe: StatementObserver = () => undefined): typeof pg.Client {
  const nameOf = createStatementNames()
  // oxlint-disable-next-line typescript/unbound-method -- called with its client below
  const inherited = pg.Client.prototype.query
  return class extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config)
      const query = (text: unknown, values: unknown, ...rest: readonly unknown[]): unknown => {
        observe(isStatement(text) ? text.text : String(text))
        const name = typeof text === 'string' && Array.isArray(values) ? nameOf(text) : undefined
        return name === undefined
          ? Reflect.apply(inherited, this, [text, values, ...rest])
          : Reflect.apply(inherited, this, [{ name, text, values }, ...rest])
      }
      // An instance's own method, since pg declares `query` with many overloads that a subclass would repeat.
      Object.assign(this, { query })
    }
  }
}
