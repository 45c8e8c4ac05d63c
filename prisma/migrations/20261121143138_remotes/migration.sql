-- AlterTable
ALTER TABLE "Extension" ADD COLUMN     "remote" JSONB;
