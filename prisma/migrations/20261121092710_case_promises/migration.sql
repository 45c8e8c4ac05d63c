-- CreateIndex
-- The clocks that run, which are looked at every minute.
CREATE INDEX "Case_promised_idx" ON "Case"("resolveDueAt", "responseDueAt") WHERE (("slaStatus" = ANY (ARRAY['FIRST_RESPONSE_DUE'::"SlaStatus", 'ROLLING_RESPONSE_DUE'::"SlaStatus"])) AND ("pendingSince" IS NULL) AND ("deletedAt" IS NULL));

-- What services check, the database guarantees.
ALTER TABLE "Case"
    ADD CONSTRAINT "Case_pending" CHECK (("status" = 'PENDING') = ("pendingSince" IS NOT NULL)),
    ADD CONSTRAINT "Case_resolved" CHECK (("status" IN ('RESOLVED', 'CLOSED')) = ("resolvedAt" IS NOT NULL)),
    ADD CONSTRAINT "Case_closed" CHECK (("status" IN ('CLOSED', 'REJECTED', 'DUPLICATE')) = ("closedAt" IS NOT NULL));
