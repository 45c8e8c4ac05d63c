import { expect, test } from 'vitest'
import { collateIds } from './collate-ids.ts'

test('ids collate as C, in new tables and in new columns; other text stays', () => {
  const sql = collateIds(`CREATE TABLE "Case" (
    "id" TEXT NOT NULL,
    "customerId" TEXT,
    "subject" TEXT NOT NULL
);
ALTER TABLE "Opportunity" ADD COLUMN     "campaignId" TEXT,
ADD COLUMN     "leadId" TEXT;`)
  expect(sql).toBe(`CREATE TABLE "Case" (
    "id" TEXT COLLATE "C" NOT NULL,
    "customerId" TEXT COLLATE "C",
    "subject" TEXT NOT NULL
);
ALTER TABLE "Opportunity" ADD COLUMN     "campaignId" TEXT COLLATE "C",
ADD COLUMN     "leadId" TEXT COLLATE "C";`)
})
