-- CreateTable
CREATE TABLE "MergedRecord" (
    "id" TEXT COLLATE "C" NOT NULL,
    "entityType" TEXT NOT NULL,
    "mergedIntoId" TEXT COLLATE "C" NOT NULL,
    "snapshot" JSONB NOT NULL,
    "mergedAt" TIMESTAMPTZ(3) NOT NULL,
    "mergedById" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "MergedRecord_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "MergedRecord_mergedIntoId_idx" ON "MergedRecord"("mergedIntoId");
