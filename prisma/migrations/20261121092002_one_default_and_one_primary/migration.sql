-- A pipeline takes over from the default one, and a contact from the primary one, in two statements of one
-- transaction: what there may be one of is counted at its end, which unique indexes do not do.
DROP INDEX "Pipeline_default";
ALTER TABLE "Pipeline"
    ADD CONSTRAINT "Pipeline_default" EXCLUDE USING btree ("isDefault" WITH =)
    WHERE ("isDefault" AND "deletedAt" IS NULL) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "OpportunityContact"
    ADD CONSTRAINT "OpportunityContact_primary" EXCLUDE USING btree ("opportunityId" WITH =)
    WHERE ("isPrimary" AND "deletedAt" IS NULL) DEFERRABLE INITIALLY DEFERRED;

-- What is decided is certain, and the forecast follows from the stage's type.
ALTER TABLE "PipelineStage" ALTER COLUMN "forecastCategory" DROP DEFAULT;
UPDATE "PipelineStage" SET "probability" = 100 WHERE "type" = 'WON';
UPDATE "PipelineStage" SET "probability" = 0 WHERE "type" = 'LOST';
ALTER TABLE "PipelineStage"
    ADD CONSTRAINT "PipelineStage_decided" CHECK ("probability" = CASE "type" WHEN 'WON' THEN 100 WHEN 'LOST' THEN 0 ELSE "probability" END);
