import { type Ids, idOf } from '../ids.ts'

/** As `PipelineUpsertItem` of the API takes it. */
export interface PipelineItem {
  readonly externalId: string
  readonly name: string
}

/** As `PipelineStageUpsertItem` of the API takes it. */
export interface StageItem {
  readonly externalId: string
  readonly pipelineId: string
  readonly name: string
  readonly code: string
  readonly position: number
  readonly probability: number
  readonly type: 'OPEN' | 'WON' | 'LOST'
  readonly forecastCategory: 'PIPELINE' | 'BEST_CASE' | 'CLOSED' | 'OMITTED'
}

type Stage = Omit<StageItem, 'externalId' | 'pipelineId'>

/** The files have no pipeline, only stages; theirs is a pipeline of its own. */
export const pipeline = { origin: 'sales_pipeline.csv', name: 'Hardware sales' } as const

/**
 * The values of the column `deal_stage`. Probabilities are not in the files: 4,238 of the 6,711 that were
 * engaged and decided were won, so some 60 %; of prospects 10 %, as CRMs have it.
 */
export const stages: readonly Stage[] = [
  {
    name: 'Prospecting',
    code: 'PROSPECTING',
    position: 1,
    probability: 10,
    type: 'OPEN',
    forecastCategory: 'PIPELINE',
  },
  {
    name: 'Engaging',
    code: 'ENGAGING',
    position: 2,
    probability: 60,
    type: 'OPEN',
    forecastCategory: 'BEST_CASE',
  },
  { name: 'Won', code: 'WON', position: 3, probability: 100, type: 'WON', forecastCategory: 'CLOSED' },
  { name: 'Lost', code: 'LOST', position: 4, probability: 0, type: 'LOST', forecastCategory: 'OMITTED' },
]

export const pipelineItem = ({ name }: typeof pipeline): PipelineItem => ({ externalId: name, name })

export const stageItem = (stage: Stage, { pipelines }: { readonly pipelines: Ids }): StageItem => ({
  externalId: stage.name,
  pipelineId: idOf(pipelines, 'pipeline', pipeline.name),
  ...stage,
})
