import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expandModules } from '../../src/composition/expand-modules.ts'
import { createDraft } from '../../src/entity/write/draft.ts'
import { validate } from '../../src/entity/write/validate.ts'
import { prefixOf } from '../../src/lib/type-id.ts'
import { modules } from '../../src/modules/index.ts'
import { type OpenTestDatabase, openTestDatabase } from './fixtures/open-test-database.ts'
import { seedSampleData } from './index.ts'

const now = new Date('2026-03-17T00:00:00Z')
const { entities } = expandModules(modules)

let open: OpenTestDatabase

beforeAll(async () => {
  open = await openTestDatabase()
  await seedSampleData(open.database, { now })
})
afterAll(() => open[Symbol.asyncDispose]())

/** Each claim with a query for what breaks it. */
const offenders: Readonly<Record<string, string>> = {
  'an amount is the sum of its lines, in their currency': `
    select o.id from "Opportunity" o left join "OpportunityLine" l on l."opportunityId" = o.id and l.currency = o.currency
    group by o.id having o.amount is distinct from sum(l.quantity * l."unitPrice")`,
  'an opportunity has one to four lines, numbered without gaps, of different products': `
    select "opportunityId" from "OpportunityLine" group by 1
    having count(*) > 4 or count(*) <> max(position) or count(distinct "productId") <> count(*)`,
  'lines come in their order when they are sorted by creation': `
    select id from (
      select id, position, row_number() over (partition by "opportunityId" order by "createdAt", id) as place
      from "OpportunityLine") line
    where position <> place`,
  'nothing of what is not for sale is sold': `
    select l.id from "OpportunityLine" l join "Product" p on p.id = l."productId" where not p."isActive"`,
  'a history begins with the opportunity': `
    select o.id from "Opportunity" o
    where not exists (select from "StageHistory" h where h."opportunityId" = o.id and h."fromStageId" is null and h."enteredAt" = o."createdAt")`,
  'each stage of a history was left for the next at the same moment': `
    select id from (
      select id, "leftAt", "fromStageId",
        lead("enteredAt") over history as "nextEnteredAt", lag("stageId") over history as "previousStageId"
      from "StageHistory" window history as (partition by "opportunityId" order by "enteredAt")) visit
    where "leftAt" is distinct from "nextEnteredAt" or "fromStageId" is distinct from "previousStageId"`,
  'no stage is entered from itself, and no two at the same moment': `
    select id from "StageHistory" where "stageId" = "fromStageId" or "leftAt" <= "enteredAt"`,
  'a history ends in the stage the opportunity is in': `
    select o.id from "Opportunity" o left join "StageHistory" h on h."opportunityId" = o.id and h."leftAt" is null
    where h."stageId" is distinct from o."stageId"`,
  'only the last stage of a history is a decided one': `
    select h.id from "StageHistory" h join "PipelineStage" s on s.id = h."stageId"
    where s.type <> 'OPEN' and h."leftAt" is not null`,
  'what is decided was closed when it entered its stage, and what is open was not': `
    select o.id from "Opportunity" o join "PipelineStage" s on s.id = o."stageId"
      join "StageHistory" h on h."opportunityId" = o.id and h."leftAt" is null
    where o."closedAt" is distinct from case when s.type = 'OPEN' then null else h."enteredAt" end`,
  'what was lost has a reason, and nothing else has': `
    select o.id from "Opportunity" o join "PipelineStage" s on s.id = o."stageId"
    where (s.type = 'LOST') <> (o."lostReasonId" is not null)`,
  'probability and forecast are those of the stage': `
    select o.id from "Opportunity" o join "PipelineStage" s on s.id = o."stageId"
    where o.probability <> s.probability or o."forecastCategory" <> s."forecastCategory" or o."pipelineId" <> s."pipelineId"`,
  'every opportunity says when it is expected to be decided, not before it was made': `
    select id from "Opportunity" where "expectedCloseDate" is null or "expectedCloseDate" < "createdAt"::date`,
  'what is open has a next step, what is decided has none': `
    select id from "Opportunity" where ("nextStep" is null) <> ("closedAt" is not null)`,
  'renewals and more of the same are sold to those who have bought': `
    select o.id from "Opportunity" o where (o.type = 'NEW_BUSINESS') = exists (
      select from "Opportunity" e where e."customerId" = o."customerId" and e.probability = 100 and e."closedAt" < o."createdAt")`,
  'customers are there before their contacts and opportunities': `
    select o.id from "Opportunity" o join "Customer" c on c.id = o."customerId" where o."createdAt" < c."createdAt"
    union all
    select p.id from "Contact" p join "Customer" c on c.id = p."customerId" where p."createdAt" < c."createdAt"`,
  'who has bought is a customer, and nobody else is': `
    select c.id from "Customer" c where (c.type = 'CUSTOMER') <> exists (
      select from "Opportunity" o where o."customerId" = c.id and o.probability = 100)`,
  'the stage of a life says whether there are opportunities': `
    select c.id from "Customer" c where (c."lifecycleStage" in ('SALES_QUALIFIED', 'OPPORTUNITY', 'CUSTOMER', 'EVANGELIST', 'CHURNED'))
      <> exists (select from "Opportunity" o where o."customerId" = c.id)
    union all
    select c.id from "Customer" c where c."lifecycleStage" = 'OPPORTUNITY'
      and not exists (select from "Opportunity" o where o."customerId" = c.id and o."closedAt" is null)
    union all
    select c.id from "Customer" c where c."lifecycleStage" in ('CHURNED', 'SALES_QUALIFIED')
      and exists (select from "Opportunity" o where o."customerId" = c.id and o."closedAt" is null)`,
  'amounts are in the currency of the customer': `
    select o.id from "Opportunity" o join "Customer" c on c.id = o."customerId" where o.currency <> c.currency`,
  'people report to people of the same company': `
    select p.id from "Contact" p join "Contact" s on s.id = p."reportsToId" where s."customerId" <> p."customerId"`,
  'addresses of people are at the domain of their company': `
    select p.id from "Contact" p join "Customer" c on c.id = p."customerId"
    where split_part(p.email, '@', 2) <> replace(c.website, 'https://www.', '') or split_part(p.email, '@', 2) not like '%.example'`,
  'no two companies share a name or a website, and no two people an address': `
    select name from "Customer" group by 1 having count(*) > 1
    union all select website from "Customer" group by 1 having website is not null and count(*) > 1
    union all select email from "Contact" group by 1 having email is not null and count(*) > 1`,
  'an owner is in the team that owns': `
    select c.id from "Customer" c join "User" u on u.id = c."ownerId" where u."teamId" is distinct from c."teamId"
    union all select o.id from "Opportunity" o join "User" u on u.id = o."ownerId" where u."teamId" is distinct from o."teamId"`,
  'nobody owned anything before being there': `
    select c.id from "Customer" c join "User" u on u.id = c."ownerId" where u."createdAt" > c."createdAt"`,
  'who asked for something was at the customer by then': `
    select n.id from "Need" n join "Contact" p on p.id = n."contactId" where p."customerId" <> n."customerId" or p."createdAt" > n."createdAt"
    union all select n.id from "Need" n join "Customer" c on c.id = n."customerId" where c."createdAt" > n."createdAt" or c."ownerId" <> n."ownerId"`,
  'customers are put into static segments, after both were there': `
    select m.id from "SegmentMember" m join "Segment" s on s.id = m."segmentId" join "Customer" c on c.id = m."customerId"
    where s.kind <> 'STATIC' or greatest(s."createdAt", c."createdAt") <> m."createdAt"
    union all select id from "Segment" where (kind = 'RULES') <> (rules is not null)`,
  'a deleted customer has nothing left that is not deleted': `
    select c.id from "Customer" c join "Contact" p on p."customerId" = c.id where c."deletedAt" is not null and p."deletedAt" is null
    union all select c.id from "Customer" c join "Opportunity" o on o."customerId" = c.id where c."deletedAt" is not null`,
}

test.each(Object.entries(offenders))('%s', async (_, query) => {
  expect(await open.query(query)).toEqual([])
})

describe.each([...entities.values()])('$name', entity => {
  test('keeps to the rules of the SDL', async () => {
    const rows = await open.query<Readonly<Record<string, unknown>>>(`select * from "${entity.name}"`)
    expect(rows.length).toBeGreaterThan(0)
    const problems = rows.flatMap(row =>
      validate(
        entity,
        createDraft({
          action: 'create',
          id: String(row['id']),
          before: null,
          input: row,
          path: [],
          values: row,
        }),
      ),
    )
    expect(problems).toEqual([])
  })

  test('refers to what exists', async () => {
    const references = [...entity.columns.values()].flatMap(({ name, reference }) =>
      reference ? [{ name, target: reference.target }] : [],
    )
    const people = ['createdById', 'updatedById'].map(name => ({ name, target: 'User' }))
    for (const { name, target } of [...references, ...people]) {
      const lost = await open.query(
        `select id from "${entity.name}" where "${name}" is not null and "${name}" not in (select id from "${target}")`,
      )
      expect({ name, lost }).toEqual({ name, lost: [] })
    }
  })

  test('has ids of its own kind, and times in their order up to now', async () => {
    const rows = await open.query<{ id: string; isOrdered: boolean }>(
      `select id, "createdAt" <= "updatedAt" and coalesce("deletedAt" = "updatedAt", true)
         and ("updatedAt" < '${now.toISOString()}' or "createdById" is null) as "isOrdered"
       from "${entity.name}"`,
    )
    for (const { id, isOrdered } of rows)
      expect({ id: prefixOf(id), isOrdered }).toEqual({ id: entity.idPrefix, isOrdered: true })
  })
})

test('the agent has a fair share, and the pipeline looks like one', async () => {
  const [facts] = await open.query(`
    select
      (select count(*)::int from "Customer" c join "User" u on u.id = c."ownerId" where u.email = 'ben@trellis.example') as "customersOfBen",
      (select count(distinct "ownerId")::int from "Customer") as owners,
      (select count(*)::int from "Customer" where "parentId" is not null) as "children",
      (select count(*)::int from "Customer" c join "Customer" p on p.id = c."parentId" where p."parentId" is not null) as "grandchildren",
      (select round(100.0 * count(*) filter (where probability = 100) / count(*))::int from "Opportunity" where "closedAt" is not null) as "winRate",
      (select count(*)::int from "Opportunity" where "closedAt" is null) as open,
      (select count(*)::int from "OpportunityLine") as lines,
      (select count(*)::int from "StageHistory") as visits,
      (select count(*)::int from "ExternalReference" where system = 'erp') as references,
      (select count(*)::int from (select "deletedAt" from "Customer" union all select "deletedAt" from "Contact"
        union all select "deletedAt" from "Opportunity") x where "deletedAt" is not null) as deleted`)
  expect(facts).toMatchInlineSnapshot(`
    {
      "children": 41,
      "customersOfBen": 37,
      "deleted": 5,
      "grandchildren": 13,
      "lines": 1764,
      "open": 123,
      "owners": 13,
      "references": 8,
      "visits": 3736,
      "winRate": 46,
    }
  `)
})

test('companies and people whom documents name are there', async () => {
  const people = await open.query(`
    select c.name, string_agg(p."lastName" || ' ' || p."firstName", ', ' order by p.id) as people
    from "Customer" c join "Contact" p on p."customerId" = c.id
    where c.name in ('北京星河科技有限公司', 'Müller & Söhne Maschinenbau GmbH', 'O''Malley''s Coffee Roasters Ltd')
    group by 1 order by 1`)
  expect(people).toMatchInlineSnapshot(`
    [
      {
        "name": "Müller & Söhne Maschinenbau GmbH",
        "people": "Schröder Jürgen, Weiß Käthe, Schulz Götz",
      },
      {
        "name": "O'Malley's Coffee Roasters Ltd",
        "people": "O'Brien Aoife, Doyle Conor, O'Sullivan Orla",
      },
      {
        "name": "北京星河科技有限公司",
        "people": "王 伟, 李 娜, 陈 欣怡",
      },
    ]
  `)
})
