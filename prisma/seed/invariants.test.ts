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
  await seedSampleData(open.database, { now, storage: open.storage })
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
  'what hangs on a record came after it, and by who owns it': `
    select n.id from "Note" n join "Customer" c on c.id = n."targetId" where n."createdAt" < c."createdAt" or n."createdById" <> c."ownerId"
    union all select n.id from "Note" n join "Opportunity" o on o.id = n."targetId" where n."createdAt" < o."createdAt"
    union all select t.id from "Tagging" t join "Customer" c on c.id = t."targetId" where t."createdAt" < c."createdAt"
    union all select t.id from "Tagging" t join "Tag" g on g.id = t."tagId" where t."createdAt" < g."createdAt"`,
  'what hangs on a record hangs on one that is there': `
    select "targetId" from (select "targetId" from "Note" union all select "targetId" from "Tagging" union all select "targetId" from "Attachment") hanging
    where not exists (select from "Customer" where id = "targetId") and not exists (select from "Opportunity" where id = "targetId")`,
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
  'lines of quotes and orders come to what they are priced by': `
    with line as (select * from (select id, quantity, "unitPrice", "discountPercent", "taxPercent", subtotal, discount, tax, total from "QuoteLine"
      union all select id, quantity, "unitPrice", "discountPercent", "taxPercent", subtotal, discount, tax, total from "OrderLine") priced)
    select id from line where subtotal <> round(quantity * "unitPrice", 4) or discount <> round(subtotal * "discountPercent" * 0.01, 4)
      or tax <> round((subtotal - discount) * "taxPercent" * 0.01, 4) or total <> subtotal - discount + tax`,
  'quotes come to their lines, less what else is taken off': `
    select q.id from "Quote" q left join "QuoteLine" l on l."quoteId" = q.id and l.currency = q.currency
    group by q.id having (q.subtotal, q.discount, q.tax) is distinct from (sum(l.subtotal), sum(l.discount) + q."extraDiscount", sum(l.tax))
      or q.total <> q.subtotal - q.discount + q.tax`,
  'orders come to their lines, less what else is taken off': `
    select o.id from "Order" o left join "OrderLine" l on l."orderId" = o.id and l.currency = o.currency
    group by o.id having (o.subtotal, o.discount, o.tax) is distinct from (sum(l.subtotal), sum(l.discount) + o."extraDiscount", sum(l.tax))
      or o.total <> o.subtotal - o.discount + o.tax`,
  'whatever came to a proposal was offered, and what was accepted was ordered, as it was offered': `
    select o.id from "Opportunity" o where o."deletedAt" is null and exists (
      select from "StageHistory" h join "PipelineStage" s on s.id = h."stageId" where h."opportunityId" = o.id and s.code = 'PROPOSAL')
      <> exists (select from "Quote" q where q."opportunityId" = o.id)
    union all
    select q.id from "Quote" q left join "Order" o on o."quoteId" = q.id join "Opportunity" p on p.id = q."opportunityId"
    where (q.status = 'ACCEPTED') <> (p.probability = 100) or (q.status = 'ACCEPTED') <> (o.id is not null)
      or (o.id is not null and (o.total, o.currency, o."customerId", o."ownerId") is distinct from (q.total, q.currency, q."customerId", q."ownerId"))`,
  'numbers go up with age': `
    select id from (select id, number, lag(number) over (order by "createdAt", id) as before from "Order") o where number <= before
    union all select id from (select id, number, lag(number) over (order by "createdAt", id) as before from "Quote") q where number <= before`,
  'nothing that a rule asks to be approved is confirmed without, and nothing else says that it was': `
    select o.id from "Order" o left join "Approval" a on a."targetId" = o.id
      left join "ApprovalRule" r on r.currency = o.currency and r."minimumTotal" <= o.total
    where (r.id is null) <> (o."approvalStatus" is null)
      or (a.id is null and r.id is not null and o.status <> 'PENDING')
      or (a.id is not null and ((a."ruleId", a.amount, a.status) is distinct from (r.id, o.total, o."approvalStatus")
        or (a.status = 'PENDING') <> (o.status = 'PENDING') or a."decidedById" = o."ownerId"))`,
  'activities are told of by the timelines of their targets': `
    select t.id from "ActivityTarget" t left join "TimelineEvent" e on e."activityId" = t."activityId" and e."targetId" = t."targetId" where e.id is null
    union all select a.id from "Activity" a where not exists (select from "ActivityTarget" t where t."activityId" = a.id)`,
  'a target is of one quarter, and of everybody who sells': `
    select id from "SalesTarget" where "endDate" - "startDate" not between 89 and 91
    union all select o."ownerId" from "Opportunity" o where not exists (select from "SalesTarget" t where t."ownerId" = o."ownerId")`,
  'quotes and orders are of one customer, and orders by accepted quotes': `
    select d.id from (select id, "customerId", "contactId", "opportunityId", 'ACCEPTED' as quoted from "Quote" union all
      select o.id, o."customerId", o."contactId", o."opportunityId", q.status::text from "Order" o join "Quote" q on q.id = o."quoteId") d
      left join "Contact" p on p.id = d."contactId" left join "Opportunity" s on s.id = d."opportunityId"
    where d.quoted <> 'ACCEPTED' or p."customerId" <> d."customerId" or s."customerId" <> d."customerId"`,
  'cases and what is thought of them are of the customer whose people they are of': `
    select k.id from "Case" k join "Contact" p on p.id = k."contactId" where p."customerId" <> k."customerId"
    union all select f.id from "Feedback" f join "Case" k on k.id = f."caseId" where (f."customerId", f."ownerId") is distinct from (k."customerId", k."ownerId")
    union all select f.id from "Feedback" f join "Order" o on o.id = f."orderId" where (f."customerId", f."ownerId") is distinct from (o."customerId", o."ownerId")`,
  'nobody asks before having bought': `
    select k.id from "Case" k where not exists (
      select from "Opportunity" o where o."customerId" = k."customerId" and o.probability = 100 and o."closedAt" < k."createdAt")`,
  'numbers of cases go up with age': `
    select id from (select id, number, lag(number) over (order by "createdAt", id) as before from "Case") k where number <= before`,
  'a case is responded to by its first comment that is not internal, or by a decision': `
    select k.id from "Case" k left join (
      select "caseId", min("createdAt") as at from "CaseComment" where not "isInternal" group by 1) c on c."caseId" = k.id
    where k."firstRespondedAt" is distinct from coalesce(c.at, k."resolvedAt", k."closedAt")`,
  'each status of a case follows the one before, from NEW to the present one': `
    select id from (
      select e.id, data->>'from' as "from", coalesce(lag(data->>'to') over history, 'NEW') as before, data->>'to' as "to",
        lead(e.id) over history is null as "isLast", k.status
      from "TimelineEvent" e join "Case" k on k.id = e."targetId" where e.type = 'case.status_changed'
      window history as (partition by k.id order by e."occurredAt", e.id)) move
    where "from" <> before or ("isLast" and "to" <> status::text)
    union all select k.id from "Case" k where status <> 'NEW'
      and not exists (select from "TimelineEvent" e where e."targetId" = k.id and e.type = 'case.status_changed')`,
  'what a case tells of its promise follows from its times': `
    select k.id from "Case" k where k."slaStatus"::text is distinct from case
      when coalesce(k."firstRespondedAt", k."pendingSince", '${now.toISOString()}') > k."responseDueAt"
        or coalesce(k."resolvedAt", k."closedAt", k."pendingSince", '${now.toISOString()}') > k."resolveDueAt" then 'FAILED'
      when k."firstRespondedAt" is null then 'FIRST_RESPONSE_DUE'
      when coalesce(k."resolvedAt", k."closedAt") is null then 'ROLLING_RESPONSE_DUE' else 'FULFILLED' end`,
  'a duplicate is of a case of the same customer that came before': `
    select k.id from "Case" k left join "Case" o on o.id = k."duplicateOfId"
    where (k.status = 'DUPLICATE') <> (o.id is not null) or o."customerId" <> k."customerId" or o."createdAt" >= k."createdAt"`,
  'a feedback sounds as it is rated': `
    select id from "Feedback" where sentiment::text <> (array['NEGATIVE', 'NEGATIVE', 'NEUTRAL', 'POSITIVE', 'POSITIVE'])[rating]`,
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
          entity,
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
