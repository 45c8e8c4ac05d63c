import { createHash } from 'node:crypto'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import { stableJson } from '../../src/lib/stable-json.ts'
import { addDays, addMinutes, startOfDay } from './calendar.ts'
import type { Company } from './companies.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'

/** The system that the sample's invoices are written in. */
export const invoicingSystem = 'erp'

/** The identities of customers there, which its nightly run has brought up to date. */
export const makeExternalReferences = (
  random: Random,
  companies: readonly Company[],
  now: Date,
): readonly (Prisma.ExternalReferenceCreateManyInput & { readonly lastSyncedAt: Date })[] =>
  companies.map(({ id, name }, index) => {
    const lastSyncedAt = addMinutes(addDays(startOfDay(now), -1), 120 + index)
    const externalId = `K-${10_040 + 7 * index}`
    return {
      id: identify('xrf', lastSyncedAt, random, index),
      createdAt: lastSyncedAt,
      entityType: 'Customer',
      entityId: id,
      system: invoicingSystem,
      externalId,
      hash: createHash('sha256').update(stableJson({ externalId, name })).digest('base64url'),
      lastSyncedAt,
    }
  })
