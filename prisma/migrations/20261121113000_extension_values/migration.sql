-- A key compares by its bytes: those with a prefix lie side by side.
-- CreateTable
CREATE TABLE "ExtensionValue" (
    "extension" TEXT NOT NULL,
    "entityType" TEXT NOT NULL DEFAULT '',
    "entityId" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "key" TEXT COLLATE "C" NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ExtensionValue_pkey" PRIMARY KEY ("extension","entityType","entityId","key")
);

-- CreateIndex
CREATE INDEX "ExtensionValue_entityId_idx" ON "ExtensionValue"("entityId") WHERE ("entityId" <> ''::text);
