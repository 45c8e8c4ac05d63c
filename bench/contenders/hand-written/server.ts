/**
 * The ten fields of the extension by hand: schema and resolvers in one file, executed by graphql-jit behind Yoga, read by
 * a prepared statement. What Trellis makes of extensions is measured against it, so it has what a careful author would
 * write: the key is looked at, and fields that could be dear are batched by dataloaders.
 */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import DataLoader from 'dataloader'
import { type DocumentNode, execute, type GraphQLSchema } from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import { createSchema, createYoga, type Plugin } from 'graphql-yoga'
import pg from 'pg'
import { keyOf } from '../../data/facts.ts'

interface Customer {
  readonly name: string
  readonly email: string
}

interface Context {
  readonly fields: readonly DataLoader<Customer, string>[]
}

const numbers = Array.from({ length: 10 }, (_, index) => index)

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['POOL_SIZE'] ?? 10),
})

const schema = createSchema<Context>({
  typeDefs: `
    type Query { customers(first: Int!): CustomerConnection! }
    type CustomerConnection { nodes: [Customer!]! }
    type Customer { id: ID! name: String! email: String ${numbers.map(number => `benchField${number}: String`).join(' ')} }
  `,
  resolvers: {
    Query: {
      customers: async (_, { first }: { first: number }) => {
        const { rows } = await pool.query<Customer>({
          name: 'customers',
          text: `select id, name, email from "Customer" where "deletedAt" is null order by "createdAt" desc, id desc limit $1`,
          values: [first],
        })
        return { nodes: rows }
      },
    },
    Customer: Object.fromEntries(
      numbers.map(number => [
        `benchField${number}`,
        (customer: Customer, _: unknown, { fields }: Context) => fields[number]?.load(customer),
      ]),
    ),
  },
})

const createContext = (): Context => ({
  fields: numbers.map(
    number =>
      new DataLoader<Customer, string>(async customers =>
        customers.map(({ name, email }) => `${name} <${email}> ${number}`),
      ),
  ),
})

/** Compiles each document once. */
const useJit = (): Plugin => {
  const compiled = new WeakMap<DocumentNode, CompiledQuery>()
  const compile = (of: GraphQLSchema, document: DocumentNode, name: string | undefined) => {
    const made = compileQuery(of, document, name)
    if (!isCompiledQuery(made)) return null
    compiled.set(document, made)
    return made
  }
  return {
    onExecute({ args, setExecuteFn }) {
      const query =
        compiled.get(args.document) ?? compile(args.schema, args.document, args.operationName ?? undefined)
      setExecuteFn(
        query
          ? ({ rootValue, contextValue, variableValues }) =>
              query.query(rootValue, contextValue, variableValues)
          : execute,
      )
    },
  }
}

const hash = (key: string) => createHash('sha256').update(key).digest('base64')
const known = new Set([hash(keyOf('administrator'))])

const useKey = (): Plugin => ({
  onRequest({ request, fetchAPI, endResponse }) {
    const key = request.headers.get('authorization')?.slice('Bearer '.length) ?? ''
    if (!known.has(hash(key))) endResponse(new fetchAPI.Response(null, { status: 401 }))
  },
})

const yoga = createYoga({
  schema,
  context: createContext,
  logging: false,
  graphiql: false,
  plugins: [useKey(), useJit()],
})
const server = createServer(yoga)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}/graphql` })}\n`)
})
process.once('SIGTERM', () => process.exit())
