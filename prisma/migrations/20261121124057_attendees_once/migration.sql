-- Somebody who was named several times for an activity is there once: the first row stays, organizes it if any of them
-- does, and has the first answer that any of them has.
WITH "alike" AS (
    SELECT "id",
        row_number() OVER "same" AS "place",
        bool_or("isOrganizer") OVER "same" AS "isOrganizer",
        (array_remove(array_agg("response") OVER "same", 'NEEDS_ACTION'))[1] AS "response",
        count(*) OVER "same" AS "count"
    FROM "ActivityAttendee"
    WHERE "deletedAt" IS NULL
    WINDOW "same" AS (
        PARTITION BY "activityId", coalesce("contactId", "leadId", "userId") ORDER BY "createdAt", "id"
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    )
)
UPDATE "ActivityAttendee" AS "attendee"
SET "isOrganizer" = CASE WHEN "place" = 1 THEN "alike"."isOrganizer" ELSE "attendee"."isOrganizer" END,
    "response" = CASE WHEN "place" = 1 THEN coalesce("alike"."response", "attendee"."response") ELSE "attendee"."response" END,
    "deletedAt" = CASE WHEN "place" > 1 THEN now() END,
    "updatedAt" = now(),
    "updatedById" = NULL,
    "version" = "attendee"."version" + 1
FROM "alike"
WHERE "alike"."id" = "attendee"."id" AND "alike"."count" > 1;

-- CreateIndex
CREATE UNIQUE INDEX "ActivityAttendee_activityId_contactId_key" ON "ActivityAttendee"("activityId", "contactId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "ActivityAttendee_activityId_leadId_key" ON "ActivityAttendee"("activityId", "leadId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "ActivityAttendee_activityId_userId_key" ON "ActivityAttendee"("activityId", "userId") WHERE ("deletedAt" IS NULL);
