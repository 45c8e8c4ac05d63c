/**
 * The limit: one hand-written statement a request, whose result is the JSON of the answer already, sent by
 * node:http. No GraphQL, no rights, no checks. Tried for the nested query, PostgreSQL 15, one connection:
 * json_build_object of each record 1.40 ms, row_to_json of each 1.35, json_agg of a subquery's rows 1.10,
 * text by concat() 1.05, text by || and to_json 0.95 (kept for nested). Where rows are flat, json_agg is as fast.
 * Aggregate: stages looked up first 262 ms, joined or by exists 280. Generic plans: else the deep page is planned each time,
 * which is a quarter of it.
 */
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['POOL_SIZE'] ?? 10),
  options: '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan',
})

const instant = (field: string) => `to_char(${field}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const text = (field: string) => `coalesce(to_json(${field})::text, 'null')`
const decimal = (field: string) => `coalesce('"' || trim_scale(${field})::text || '"', 'null')`
const date = (field: string) => `coalesce('"' || ${field}::text || '"', 'null')`
const object = (fields: Readonly<Record<string, string>>) =>
  `'{' || ${Object.entries(fields)
    .map(([name, value], index) => `'${index === 0 ? '' : ','}"${name}":' || ${value}`)
    .join(' || ')} || '}'`
const list = (item: string, from: string) =>
  `'[' || coalesce((select string_agg(${item}, ',') from (${from}), '') || ']'`

const lines = list(
  object({ id: text('l.id'), quantity: decimal('l.quantity'), unitPrice: decimal('l."unitPrice"') }),
  `select id, quantity, "unitPrice" from "OpportunityLine" where "opportunityId" = o.id and "deletedAt" is null order by position, id limit 3) as l`,
)
const opportunities = list(
  object({
    id: text('o.id'),
    name: text('o.name'),
    amount: decimal('o.amount'),
    expectedCloseDate: date('o."expectedCloseDate"'),
    lines,
  }),
  `select id, name, amount, "expectedCloseDate" from "Opportunity" where "customerId" = c.id and "deletedAt" is null order by "createdAt" desc, id desc limit 5) as o`,
)
const contacts = list(
  object({
    id: text('p.id'),
    firstName: text('p."firstName"'),
    lastName: text('p."lastName"'),
    email: text('p.email'),
  }),
  `select id, "firstName", "lastName", email from "Contact" where "customerId" = c.id and "deletedAt" is null order by "createdAt" desc, id desc limit 3) as p`,
)
const customers = list(
  object({
    id: text('c.id'),
    name: text('c.name'),
    industry: text('c.industry'),
    billingCity: text('c."billingCity"'),
    contacts,
    opportunities,
  }),
  `select id, name, industry, "billingCity" from "Customer" where "deletedAt" is null order by "createdAt" desc, id desc limit 20) as c`,
)

const page = (from: string) =>
  `select coalesce(json_agg(o), '[]')::text as json from (select id, name, trim_scale(amount)::text as amount, ${instant('"closedAt"')} as "closedAt"
   from "Opportunity" where "deletedAt" is null ${from} order by "createdAt" desc, id desc limit 100) as o`

interface Question {
  readonly scenario: string
  readonly values: readonly unknown[]
}

const statements: Readonly<Record<string, string>> = {
  nested: `select ${customers} as json`,
  byId: `select row_to_json(c)::text as json from (select id, name, industry, email, trim_scale("annualRevenue")::text as "annualRevenue", ${instant('"createdAt"')} as "createdAt"
    from "Customer" where id = $1) as c`,
  list: `select json_build_object(
      'totalCount', (select count(*) from "Customer" where "ownerId" = $1 and type = 'CUSTOMER' and "deletedAt" is null),
      'nodes', (select coalesce(json_agg(c), '[]') from (select id, name, industry, type, email, "billingCity", ${instant('"createdAt"')} as "createdAt"
        from "Customer" where "ownerId" = $1 and type = 'CUSTOMER' and "deletedAt" is null order by name, id limit 100) as c))::text as json`,
  firstPage: page(''),
  deepPage: page('and ("createdAt", id) < ($1::timestamptz, $2)'),
  create: `insert into "Customer" (id, name, email, industry, "updatedAt")
    values ('cus_' || replace(gen_random_uuid()::text, '-', ''), $1, $2, $3, now()) returning json_build_object('id', id, 'name', name)::text as json`,
  aggregate: `select json_agg(g)::text as json from (
      select to_char(month, 'YYYY-MM') as month, "ownerId", count, trim_scale(amount)::text as amount from (
        select date_trunc('month', timezone('UTC', "closedAt"))::date as month, "ownerId", count(*) as count, sum(amount) as amount from "Opportunity"
        where "deletedAt" is null and "stageId" = any (array(select id from "PipelineStage" where type = 'WON'))
        group by 1, 2 order by 1, 2 limit 1000) as sums) as g`,
}

const answer = async (body: string): Promise<string> => {
  const { scenario, values }: Question = JSON.parse(body)
  const statement = statements[scenario]
  if (!statement) throw new Error(`There is no scenario ${scenario}.`)
  const { rows } = await pool.query<{ json: string }>({
    name: scenario,
    text: statement,
    values: [...values],
  })
  return rows[0]?.json ?? 'null'
}

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    body += chunk
  })
  request.on('end', () => {
    answer(body).then(
      json => response.writeHead(200, { 'content-type': 'application/json' }).end(json),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}/` })}\n`)
})
process.once('SIGTERM', () => process.exit())
