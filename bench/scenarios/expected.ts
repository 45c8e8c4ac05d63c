import type pg from 'pg'
import type { ScenarioName } from '../contenders/contender.ts'
import type { Facts } from '../data/facts.ts'

/** What the right answer to a scenario is; `null` where it differs from request to request. */
export type Expected = Partial<Readonly<Record<ScenarioName, unknown>>>

const instant = (field: string) => `to_char(${field} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const decimal = (field: string) => `trim_scale(${field})::text`

/** The answers, by SQL that is written to be read, not to be fast. */
export async function expectedAnswers(client: pg.Client, facts: Facts): Promise<Expected> {
  const rows = async (text: string, values: readonly unknown[] = []) =>
    (await client.query<Record<string, unknown>>(text, [...values])).rows

  const customers = await rows(
    `select id, name, industry, "billingCity" from "Customer" where "deletedAt" is null order by "createdAt" desc, id desc limit 20`,
  )
  for (const customer of customers) {
    customer['contacts'] = await rows(
      `select id, "firstName", "lastName", email from "Contact" where "customerId" = $1 and "deletedAt" is null order by "createdAt" desc, id desc limit 3`,
      [customer['id']],
    )
    const opportunities = await rows(
      `select id, name, ${decimal('amount')} as amount, "expectedCloseDate"::text as "expectedCloseDate" from "Opportunity"
       where "customerId" = $1 and "deletedAt" is null order by "createdAt" desc, id desc limit 5`,
      [customer['id']],
    )
    for (const opportunity of opportunities)
      opportunity['lines'] = await rows(
        `select id, ${decimal('quantity')} as quantity, ${decimal('"unitPrice"')} as "unitPrice" from "OpportunityLine"
         where "opportunityId" = $1 and "deletedAt" is null order by position, id limit 3`,
        [opportunity['id']],
      )
    customer['opportunities'] = opportunities
  }

  const [customer] = await rows(
    `select id, name, industry, email, ${decimal('"annualRevenue"')} as "annualRevenue", ${instant('"createdAt"')} as "createdAt" from "Customer" where id = $1`,
    [facts.customerId],
  )
  const ofOwner = `from "Customer" where "ownerId" = $1 and type = 'CUSTOMER' and "deletedAt" is null`
  const [count] = await rows(`select count(*)::int as "totalCount" ${ofOwner}`, [facts.ownerId])
  const nodes = await rows(
    `select id, name, industry, type, email, "billingCity", ${instant('"createdAt"')} as "createdAt" ${ofOwner} order by name, id limit 100`,
    [facts.ownerId],
  )
  const page = (offset: number) =>
    rows(
      `select id, name, ${decimal('amount')} as amount, ${instant('"closedAt"')} as "closedAt" from "Opportunity"
       where "deletedAt" is null order by "createdAt" desc, id desc offset ${offset} limit 100`,
    )
  const ofRemote = customers.map(({ id, name }) => ({ id, name }))
  return {
    nested: customers,
    withoutRemote: ofRemote,
    remote: ofRemote.map(customer => ({ ...customer, reviewScore: reviewScore(String(customer.id)) })),
    byId: customer,
    list: { ...count, nodes },
    firstPage: await page(0),
    deepPage: await page(99_900),
    extensionFields: (
      await rows(
        `select name, email from "Customer" where "deletedAt" is null order by "createdAt" desc, id desc limit 20`,
      )
    ).map(({ name, email }) => ({ name, fields: tenFields(String(name), String(email)) })),
    aggregate: await rows(
      `select to_char(date_trunc('month', "closedAt" at time zone 'UTC'), 'YYYY-MM') as month, "ownerId", count(*)::int as count, ${decimal('sum(amount)')} as amount
       from "Opportunity" join "PipelineStage" as stage on stage.id = "stageId"
       where stage.type = 'WON' and "Opportunity"."deletedAt" is null group by 1, 2 order by 1, 2 limit 1000`,
    ),
  }
}

/** What the ten fields of an extension answer for a customer. */
export const tenFields = (name: string, email: string): readonly string[] =>
  Array.from({ length: 10 }, (_, index) => `${name} <${email}> ${index}`)

/** What services/reviews.ts answers. */
const reviewScore = (id: string): number => Number(id.slice(-2)) / 10 || 0
