-- The lines of an opportunity are read by their position, and its history by when a stage was entered: these
-- indexes give the order too. First the new ones, so that no read goes without.

-- CreateIndex
CREATE INDEX "OpportunityLine_opportunityId_position_id_idx" ON "OpportunityLine"("opportunityId", "position", "id");

-- CreateIndex
CREATE INDEX "StageHistory_opportunityId_enteredAt_id_idx" ON "StageHistory"("opportunityId", "enteredAt", "id");

-- DropIndex
DROP INDEX "OpportunityLine_opportunityId_createdAt_id_idx";

-- DropIndex
DROP INDEX "StageHistory_opportunityId_createdAt_id_idx";

-- DropIndex
DROP INDEX "StageHistory_opportunityId_enteredAt_idx";
