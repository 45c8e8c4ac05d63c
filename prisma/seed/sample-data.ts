import type { Prisma } from '../../src/generated/prisma/client.ts'
import { type ActivityLog, makeActivityLog } from './activity-log.ts'
import { type MarketingYear, makeMarketing } from './campaigns.ts'
import { makeCompanies } from './companies.ts'
import { makeContacts } from './contacts.ts'
import { customerRow } from './customers.ts'
import { createDeletion, pickDeleted } from './deletions.ts'
import { invoicingSystem, makeExternalReferences } from './external-references.ts'
import { makeFiles, type SampleFile } from './files.ts'
import { makeNeeds } from './needs.ts'
import { makeOpportunities } from './opportunities.ts'
import { historyRows, lineRows, opportunityRow } from './opportunity-rows.ts'
import { makeOrderBook, type OrderBook } from './order-book.ts'
import type { DefaultPipeline } from './pipeline.ts'
import { makeProducts, productRow } from './products.ts'
import { createRandom } from './random.ts'
import { makeRecords, type SampleRecords } from './records.ts'
import { makeSegments, type SampleSegments } from './segments.ts'
import { makeServiceDesk, type ServiceDesk } from './service-desk.ts'
import { makeStaff, type Staff } from './staff.ts'

/** The rows of the sample, table by table; what is referred to comes first. */
export interface SampleData {
  readonly teams: Staff['teams']
  readonly users: Staff['users']
  readonly appointments: Staff['appointments']
  readonly products: readonly Prisma.ProductCreateManyInput[]
  readonly customers: readonly Prisma.CustomerCreateManyInput[]
  readonly contacts: readonly Prisma.ContactCreateManyInput[]
  readonly opportunities: readonly Prisma.OpportunityCreateManyInput[]
  readonly opportunityLines: readonly Prisma.OpportunityLineCreateManyInput[]
  readonly stageHistories: readonly Prisma.StageHistoryCreateManyInput[]
  readonly externalReferences: readonly Prisma.ExternalReferenceCreateManyInput[]
  readonly orderBook: OrderBook
  readonly activityLog: ActivityLog
  readonly marketing: MarketingYear
  readonly serviceDesk: ServiceDesk
  readonly records: SampleRecords
  readonly files: readonly SampleFile[]
  readonly needs: readonly Prisma.NeedCreateManyInput[]
  readonly segments: SampleSegments
}

export interface SampleDataOptions {
  /** Nothing has happened later. */
  readonly now: Date
  readonly administratorId: string
  readonly agentId: string
  readonly pipeline: DefaultPipeline
}

/** Customers that the invoicing system knows. */
const invoicedCount = 8

/** Makes the sample's rows: the same ones for the same options. */
export function makeSampleData({ now, administratorId, agentId, pipeline }: SampleDataOptions): SampleData {
  const random = createRandom('trellis')
  const staff = makeStaff({ random: random.fork('staff'), now, administratorId, agentId })
  const { sellers } = staff
  const products = makeProducts(random.fork('products'), now)
  const companies = makeCompanies({ random: random.fork('companies'), now, sellers })
  const dossiers = companies.map(company => ({
    company,
    contacts: makeContacts(company, now),
    opportunities: makeOpportunities({ company, sellers, products, now }),
  }))
  const opportunities = dossiers.flatMap(dossier => dossier.opportunities)

  const invoiced = dossiers.filter(dossier => dossier.opportunities.some(({ isWon }) => isWon))
  const externalReferences = makeExternalReferences(
    random.fork('references'),
    invoiced.slice(0, invoicedCount).map(({ company }) => company),
    now,
  )
  const synced = new Map(externalReferences.map(({ entityId, lastSyncedAt }) => [entityId, lastSyncedAt]))
  const withSync = (row: Prisma.CustomerCreateManyInput): Prisma.CustomerCreateManyInput => {
    const updatedAt = synced.get(row.id)
    if (!updatedAt) return row
    return { ...row, source: invoicingSystem, updatedAt, updatedById: administratorId, version: 3 }
  }
  const deleted = pickDeleted(dossiers, now)
  const withDeletion = createDeletion(random.fork('deletions'), deleted, now, administratorId)
  const circumstances = { now, administratorId, staff, dossiers, deleted }
  const orderBook = makeOrderBook({ random: random.fork('order book'), ...circumstances })

  return {
    teams: staff.teams,
    users: staff.users,
    appointments: staff.appointments,
    products: products.map(product => productRow(product, now, administratorId)),
    customers: dossiers
      .map(dossier => customerRow(dossier.company, dossier.opportunities, now))
      .map(withSync)
      .map(withDeletion),
    contacts: dossiers.flatMap(({ contacts }) => contacts).map(withDeletion),
    opportunities: opportunities.map(opportunity => opportunityRow(opportunity, pipeline)).map(withDeletion),
    opportunityLines: opportunities.flatMap(lineRows),
    stageHistories: opportunities.flatMap(opportunity => historyRows(opportunity, pipeline)),
    externalReferences,
    marketing: makeMarketing({ random: random.fork('marketing'), now, administratorId, dossiers, deleted }),
    activityLog: makeActivityLog({ now, pipeline, dossiers, deleted }),
    orderBook,
    serviceDesk: makeServiceDesk({
      random: random.fork('service desk'),
      ...circumstances,
      orders: orderBook.Order,
    }),
    records: makeRecords({ random: random.fork('records'), now, administratorId, dossiers }),
    files: makeFiles({ random: random.fork('files'), now, dossiers }),
    needs: makeNeeds({ now, dossiers, deleted }),
    segments: makeSegments({ random: random.fork('segments'), now, administratorId, dossiers, deleted }),
  }
}
