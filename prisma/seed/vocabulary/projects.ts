import type { OpportunityType } from '../../../src/generated/prisma/enums.ts'
import type { OpenStageCode } from '../stage-path.ts'
import type { Industry } from './trades.ts'

/** What companies of an industry want sensors for. */
export const projects: Readonly<Record<Industry, readonly string[]>> = {
  agriculture: ['Greenhouse climate', 'Grain store monitoring', 'Cold store monitoring'],
  construction: ['Concrete curing', 'Site power metering', 'Crane vibration'],
  education: ['Classroom air quality', 'Laboratory climate', 'Campus energy'],
  energy: ['Turbine vibration', 'Substation monitoring', 'Battery room climate'],
  'financial services': ['Data centre climate', 'Branch energy', 'Office air quality'],
  'food and beverages': ['Cold chain monitoring', 'Fermentation climate', 'Oven temperatures'],
  'health care': ['Vaccine fridges', 'Operating theatre climate', 'Laboratory freezers'],
  hospitality: ['Kitchen fridges', 'Pool climate', 'Room energy'],
  logistics: ['Warehouse climate', 'Reefer monitoring', 'Conveyor vibration'],
  manufacturing: ['Predictive maintenance', 'Compressed air', 'Press shop vibration'],
  retail: ['Store refrigeration', 'Store energy', 'Distribution centre climate'],
  software: ['Server room climate', 'Office air quality', 'Data platform'],
}

/** How far such a project goes, by the kind of opportunity. */
export const extents: Readonly<Record<OpportunityType, readonly string[]>> = {
  NEW_BUSINESS: ['pilot', 'first site', 'phase 1', 'evaluation'],
  EXISTING_BUSINESS: ['second site', 'phase 2', 'replacement', 'further sites'],
  UPSELL: ['extension', 'upgrade to Insight Enterprise', 'more gateways'],
  RENEWAL: ['renewal', 'care plan renewal'],
}

export const nextSteps: Readonly<Record<OpenStageCode, readonly string[]>> = {
  PROSPECTING: ['Call to find out who decides', 'Send case study', 'Get introduced to the site manager'],
  QUALIFICATION: ['Ask for budget and time frame', 'Arrange a first visit', 'Confirm the number of sites'],
  NEEDS_ANALYSIS: [
    'Walk through the site with the technician',
    'Write down requirements',
    'Count measuring points',
  ],
  PROPOSAL: ['Go through the quote together', 'Answer questions on data protection', 'Present to the board'],
  NEGOTIATION: ['Settle payment terms', 'Wait for the signature', 'Agree on the installation date'],
}
