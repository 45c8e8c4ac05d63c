-- CreateTable
CREATE TABLE "ExtensionJob" (
    "extension" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "ExtensionJob_pkey" PRIMARY KEY ("extension","name")
);
