-- CreateTable
CREATE TABLE "CompanyDirectoryEntry" (
    "customerId" TEXT COLLATE "C" NOT NULL,
    "lookupKey" TEXT COLLATE "C" NOT NULL,
    "registrationNumber" TEXT COLLATE "C",
    "company" JSONB,
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL,
    "isOutdated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "CompanyDirectoryEntry_pkey" PRIMARY KEY ("customerId")
);

-- CreateIndex
CREATE INDEX "CompanyDirectoryEntry_registrationNumber_idx" ON "CompanyDirectoryEntry"("registrationNumber");

-- CreateIndex
CREATE INDEX "CompanyDirectoryEntry_lookupKey_idx" ON "CompanyDirectoryEntry"("lookupKey");

-- CreateIndex
CREATE INDEX "CompanyDirectoryEntry_fetchedAt_idx" ON "CompanyDirectoryEntry"("fetchedAt");
