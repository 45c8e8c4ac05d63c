-- Durations are none where the end is known to lie before the beginning, as in cases of the past that are imported now,
-- and end at what an INTEGER takes, some 68 years. An expression cannot be changed in place on every PostgreSQL we run on.
ALTER TABLE "StageHistory"
    DROP COLUMN "durationSeconds",
    ADD COLUMN "durationSeconds" INTEGER GENERATED ALWAYS AS (
        CASE WHEN "leftAt" >= "enteredAt" THEN least(round(extract(epoch FROM "leftAt" - "enteredAt")), 2147483647)::integer END
    ) STORED;
ALTER TABLE "Case"
    DROP COLUMN "responseSeconds",
    DROP COLUMN "resolutionSeconds",
    ADD COLUMN "responseSeconds" INTEGER GENERATED ALWAYS AS (
        CASE WHEN "firstRespondedAt" >= "createdAt" THEN least(round(extract(epoch FROM "firstRespondedAt" - "createdAt")), 2147483647)::integer END
    ) STORED,
    ADD COLUMN "resolutionSeconds" INTEGER GENERATED ALWAYS AS (
        CASE WHEN "resolvedAt" >= "createdAt" THEN least(round(extract(epoch FROM "resolvedAt" - "createdAt")), 2147483647)::integer END
    ) STORED;
