-- Figures that follow from others of the same row; the database computes them at each write.
ALTER TABLE "Opportunity" ADD COLUMN "weightedAmount" DECIMAL(18,4)
    GENERATED ALWAYS AS ("amount" * "probability" / 100) STORED;
ALTER TABLE "OpportunityLine" ADD COLUMN "total" DECIMAL(18,4)
    GENERATED ALWAYS AS ("quantity" * "unitPrice") STORED;
ALTER TABLE "StageHistory" ADD COLUMN "durationSeconds" INTEGER
    GENERATED ALWAYS AS (round(extract(epoch FROM "leftAt" - "enteredAt"))::integer) STORED;
ALTER TABLE "Case"
    ADD COLUMN "responseSeconds" INTEGER GENERATED ALWAYS AS (round(extract(epoch FROM "firstRespondedAt" - "createdAt"))::integer) STORED,
    ADD COLUMN "resolutionSeconds" INTEGER GENERATED ALWAYS AS (round(extract(epoch FROM "resolvedAt" - "createdAt"))::integer) STORED;
