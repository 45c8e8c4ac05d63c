-- All events, the latest first, is the order that their list has unless asked otherwise; without this index it sorts the table.

-- CreateIndex
CREATE INDEX "TimelineEvent_occurredAt_id_idx" ON "TimelineEvent"("occurredAt", "id");
