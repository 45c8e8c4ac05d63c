-- AlterTable
ALTER TABLE "Extension" ADD COLUMN     "servedVersion" TEXT;
