import type { DataSet } from './data-set.ts'
import type { Loaded, LoadRecords } from './load-records.ts'
import { buyersOf, customerItem, parentsFirst } from './mapping/customer.ts'
import { opportunityItem } from './mapping/opportunity.ts'
import { opportunityLineItem } from './mapping/opportunity-line.ts'
import { pipeline, pipelineItem, stageItem, stages } from './mapping/pipeline.ts'
import { productItem } from './mapping/product.ts'
import { officesOf, teamItem } from './mapping/team.ts'
import { peopleOf, userItem } from './mapping/user.ts'

/** Loads everything, each kind after those it refers to. */
export async function load(
  { accounts, products, agents, deals }: DataSet,
  loadRecords: LoadRecords,
): Promise<readonly Loaded[]> {
  const teams = await loadRecords({
    entity: 'Team',
    label: 'teams',
    waves: [officesOf(agents)],
    itemOf: teamItem,
  })
  const users = await loadRecords({
    entity: 'User',
    label: 'users',
    waves: peopleOf(agents),
    itemOf: (person, loaded) => userItem(person, { users: loaded, teams: teams.ids }),
  })
  const buyers = buyersOf(deals)
  const customers = await loadRecords({
    entity: 'Customer',
    label: 'customers',
    waves: parentsFirst(accounts),
    itemOf: (account, loaded) => customerItem(account, { customers: loaded, buyers }),
  })
  const loadedProducts = await loadRecords({
    entity: 'Product',
    label: 'products',
    waves: [products],
    itemOf: productItem,
  })
  const pipelines = await loadRecords({
    entity: 'Pipeline',
    label: 'pipelines',
    waves: [[pipeline]],
    itemOf: pipelineItem,
  })
  const loadedStages = await loadRecords({
    entity: 'PipelineStage',
    label: 'stages',
    waves: [stages.map(stage => ({ origin: pipeline.origin, stage }))],
    itemOf: ({ stage }) => stageItem(stage, { pipelines: pipelines.ids }),
  })
  const context = {
    customers: customers.ids,
    users: users.ids,
    teams: teams.ids,
    stages: loadedStages.ids,
    offices: new Map(agents.map(({ fields }) => [fields.sales_agent, fields.regional_office])),
    prices: new Map(products.map(({ fields }) => [fields.product, fields.sales_price])),
  }
  const opportunities = await loadRecords({
    entity: 'Opportunity',
    label: 'opportunities',
    waves: [deals],
    itemOf: deal => opportunityItem(deal, context),
  })
  const lines = await loadRecords({
    entity: 'OpportunityLine',
    label: 'opportunity lines',
    waves: [deals],
    itemOf: deal =>
      opportunityLineItem(deal, {
        opportunities: opportunities.ids,
        products: loadedProducts.ids,
        prices: context.prices,
      }),
  })
  return [teams, users, customers, loadedProducts, pipelines, loadedStages, opportunities, lines]
}
