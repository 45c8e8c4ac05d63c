-- Nobody has listened to what is there already.
ALTER TABLE "OutboxEvent" ADD COLUMN     "isRelayed" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "position" BIGSERIAL NOT NULL;
ALTER TABLE "OutboxEvent" ALTER COLUMN "isRelayed" SET DEFAULT false;

-- Small however many events are kept: what the relay asks for every two seconds.
CREATE INDEX "OutboxEvent_toRelay" ON "OutboxEvent"("position") WHERE (NOT "isRelayed");

-- CreateTable
CREATE TABLE "EventConsumer" (
    "extension" TEXT NOT NULL,
    "types" TEXT[],
    "after" BIGINT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventConsumer_pkey" PRIMARY KEY ("extension")
);

-- CreateTable
CREATE TABLE "EventDelivery" (
    "extension" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "eventId" TEXT COLLATE "C" NOT NULL,
    "entityId" TEXT COLLATE "C" NOT NULL,
    "type" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "error" TEXT,
    "failedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EventDelivery_pkey" PRIMARY KEY ("extension","position")
);

-- CreateIndex
CREATE INDEX "EventDelivery_extension_entityId_position_idx" ON "EventDelivery"("extension", "entityId", "position");

-- CreateIndex
CREATE INDEX "EventDelivery_eventId_idx" ON "EventDelivery"("eventId");

-- What is due, without what has failed for good.
CREATE INDEX "EventDelivery_due" ON "EventDelivery"("dueAt") WHERE ("failedAt" IS NULL);
