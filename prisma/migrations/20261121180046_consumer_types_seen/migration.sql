-- AlterTable
ALTER TABLE "EventConsumer" ADD COLUMN     "typesSeenAt" JSONB NOT NULL DEFAULT '{}';
