-- Search in names and e-mail addresses is by trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('ADMINISTRATOR', 'AGENT');

-- CreateEnum
CREATE TYPE "CustomerType" AS ENUM ('PROSPECT', 'CUSTOMER', 'PARTNER', 'RESELLER', 'INVESTOR', 'COMPETITOR', 'OTHER');

-- CreateEnum
CREATE TYPE "LifecycleStage" AS ENUM ('SUBSCRIBER', 'LEAD', 'MARKETING_QUALIFIED', 'SALES_QUALIFIED', 'OPPORTUNITY', 'CUSTOMER', 'EVANGELIST', 'CHURNED', 'OTHER');

-- CreateEnum
CREATE TYPE "Rating" AS ENUM ('HOT', 'WARM', 'COLD');

-- CreateEnum
CREATE TYPE "StageType" AS ENUM ('OPEN', 'WON', 'LOST');

-- CreateEnum
CREATE TYPE "ForecastCategory" AS ENUM ('PIPELINE', 'BEST_CASE', 'COMMIT', 'CLOSED', 'OMITTED');

-- CreateEnum
CREATE TYPE "OpportunityType" AS ENUM ('NEW_BUSINESS', 'EXISTING_BUSINESS', 'RENEWAL', 'UPSELL');

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "title" TEXT,
    "role" "Role" NOT NULL DEFAULT 'AGENT',
    "isActive" BOOLEAN NOT NULL DEFAULT true,
    "managerId" TEXT COLLATE "C",
    "teamId" TEXT COLLATE "C",

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "name" TEXT NOT NULL,
    "description" TEXT,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Customer" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "ownerId" TEXT COLLATE "C",
    "teamId" TEXT COLLATE "C",
    "name" TEXT NOT NULL,
    "type" "CustomerType" NOT NULL DEFAULT 'PROSPECT',
    "lifecycleStage" "LifecycleStage" NOT NULL DEFAULT 'LEAD',
    "rating" "Rating",
    "industry" TEXT,
    "website" TEXT,
    "foundedYear" INTEGER,
    "phone" TEXT,
    "email" TEXT,
    "employeeCount" INTEGER,
    "annualRevenue" DECIMAL(18,4),
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "taxNumber" TEXT,
    "description" TEXT,
    "doNotContact" BOOLEAN NOT NULL DEFAULT false,
    "parentId" TEXT COLLATE "C",
    "billingStreet" TEXT,
    "billingCity" TEXT,
    "billingState" TEXT,
    "billingPostalCode" TEXT,
    "billingCountry" TEXT,
    "shippingStreet" TEXT,
    "shippingCity" TEXT,
    "shippingState" TEXT,
    "shippingPostalCode" TEXT,
    "shippingCountry" TEXT,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Contact" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "ownerId" TEXT COLLATE "C",
    "teamId" TEXT COLLATE "C",
    "customerId" TEXT COLLATE "C",
    "reportsToId" TEXT COLLATE "C",
    "salutation" TEXT,
    "firstName" TEXT,
    "lastName" TEXT NOT NULL,
    "title" TEXT,
    "department" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "mobile" TEXT,
    "birthDate" DATE,
    "doNotCall" BOOLEAN NOT NULL DEFAULT false,
    "emailOptOut" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExternalReference" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "entityType" TEXT NOT NULL,
    "entityId" TEXT COLLATE "C" NOT NULL,
    "system" TEXT NOT NULL,
    "externalId" TEXT COLLATE "C" NOT NULL,
    "hash" TEXT NOT NULL,
    "lastSyncedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExternalReference_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "viewerId" TEXT COLLATE "C" NOT NULL,
    "key" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyRecord_pkey" PRIMARY KEY ("viewerId","key","path")
);

-- CreateTable
CREATE TABLE "OutboxEvent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" TEXT NOT NULL,
    "entityId" TEXT COLLATE "C" NOT NULL,
    "viewerId" TEXT COLLATE "C",
    "payload" JSONB NOT NULL,

    CONSTRAINT "OutboxEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Installation" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "category" TEXT,
    "description" TEXT,
    "price" DECIMAL(18,4) NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "isActive" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pipeline" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "name" TEXT NOT NULL,
    "isDefault" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Pipeline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PipelineStage" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "pipelineId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "probability" INTEGER NOT NULL,
    "type" "StageType" NOT NULL DEFAULT 'OPEN',
    "forecastCategory" "ForecastCategory" NOT NULL DEFAULT 'PIPELINE',

    CONSTRAINT "PipelineStage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LostReason" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "name" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "LostReason_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Opportunity" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "ownerId" TEXT COLLATE "C",
    "teamId" TEXT COLLATE "C",
    "name" TEXT NOT NULL,
    "customerId" TEXT COLLATE "C",
    "pipelineId" TEXT COLLATE "C" NOT NULL,
    "stageId" TEXT COLLATE "C" NOT NULL,
    "lostReasonId" TEXT COLLATE "C",
    "type" "OpportunityType" NOT NULL DEFAULT 'NEW_BUSINESS',
    "amount" DECIMAL(18,4),
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "probability" INTEGER NOT NULL,
    "forecastCategory" "ForecastCategory" NOT NULL,
    "expectedCloseDate" DATE,
    "closedAt" TIMESTAMPTZ(3),
    "nextStep" TEXT,
    "description" TEXT,

    CONSTRAINT "Opportunity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OpportunityLine" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "opportunityId" TEXT COLLATE "C" NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 1,
    "quantity" DECIMAL(18,4) NOT NULL DEFAULT 1,
    "unitPrice" DECIMAL(18,4) NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "description" TEXT,

    CONSTRAINT "OpportunityLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StageHistory" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "opportunityId" TEXT COLLATE "C" NOT NULL,
    "stageId" TEXT COLLATE "C" NOT NULL,
    "fromStageId" TEXT COLLATE "C",
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "StageHistory_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE INDEX "User_createdAt_id_idx" ON "User"("createdAt", "id");

-- CreateIndex
CREATE INDEX "User_managerId_createdAt_id_idx" ON "User"("managerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "User_teamId_createdAt_id_idx" ON "User"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "User_name_idx" ON "User" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "User_email_idx" ON "User" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Team_name_key" ON "Team"("name");

-- CreateIndex
CREATE INDEX "Team_createdAt_id_idx" ON "Team"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Team_name_idx" ON "Team" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Customer_createdAt_id_idx" ON "Customer"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Customer_ownerId_createdAt_id_idx" ON "Customer"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Customer_teamId_createdAt_id_idx" ON "Customer"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Customer_parentId_createdAt_id_idx" ON "Customer"("parentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Customer_name_idx" ON "Customer" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Customer_email_idx" ON "Customer" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Contact_createdAt_id_idx" ON "Contact"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Contact_ownerId_createdAt_id_idx" ON "Contact"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Contact_teamId_createdAt_id_idx" ON "Contact"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Contact_customerId_createdAt_id_idx" ON "Contact"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Contact_reportsToId_createdAt_id_idx" ON "Contact"("reportsToId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Contact_firstName_idx" ON "Contact" USING GIN ("firstName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Contact_lastName_idx" ON "Contact" USING GIN ("lastName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Contact_email_idx" ON "Contact" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "ExternalReference_entityId_idx" ON "ExternalReference"("entityId");

-- CreateIndex
CREATE UNIQUE INDEX "ExternalReference_system_entityType_externalId_key" ON "ExternalReference"("system", "entityType", "externalId");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_createdAt_idx" ON "IdempotencyRecord"("createdAt");

-- CreateIndex
CREATE INDEX "OutboxEvent_createdAt_idx" ON "OutboxEvent"("createdAt");

-- CreateIndex
CREATE INDEX "OutboxEvent_entityId_idx" ON "OutboxEvent"("entityId");

-- CreateIndex
CREATE UNIQUE INDEX "Product_sku_key" ON "Product"("sku");

-- CreateIndex
CREATE INDEX "Product_createdAt_id_idx" ON "Product"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Product_name_idx" ON "Product" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Product_sku_idx" ON "Product" USING GIN ("sku" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Pipeline_name_key" ON "Pipeline"("name");

-- CreateIndex
CREATE INDEX "Pipeline_createdAt_id_idx" ON "Pipeline"("createdAt", "id");

-- CreateIndex
CREATE INDEX "PipelineStage_createdAt_id_idx" ON "PipelineStage"("createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PipelineStage_pipelineId_code_key" ON "PipelineStage"("pipelineId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "LostReason_name_key" ON "LostReason"("name");

-- CreateIndex
CREATE INDEX "LostReason_createdAt_id_idx" ON "LostReason"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_createdAt_id_idx" ON "Opportunity"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_ownerId_createdAt_id_idx" ON "Opportunity"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_teamId_createdAt_id_idx" ON "Opportunity"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_customerId_createdAt_id_idx" ON "Opportunity"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_pipelineId_createdAt_id_idx" ON "Opportunity"("pipelineId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_stageId_createdAt_id_idx" ON "Opportunity"("stageId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Opportunity_stageId_expectedCloseDate_idx" ON "Opportunity"("stageId", "expectedCloseDate");

-- CreateIndex
CREATE INDEX "Opportunity_lostReasonId_idx" ON "Opportunity"("lostReasonId");

-- CreateIndex
CREATE INDEX "Opportunity_closedAt_idx" ON "Opportunity"("closedAt");

-- CreateIndex
CREATE INDEX "Opportunity_name_idx" ON "Opportunity" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "OpportunityLine_createdAt_id_idx" ON "OpportunityLine"("createdAt", "id");

-- CreateIndex
CREATE INDEX "OpportunityLine_opportunityId_createdAt_id_idx" ON "OpportunityLine"("opportunityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "OpportunityLine_productId_idx" ON "OpportunityLine"("productId");

-- CreateIndex
CREATE INDEX "StageHistory_createdAt_id_idx" ON "StageHistory"("createdAt", "id");

-- CreateIndex
CREATE INDEX "StageHistory_opportunityId_createdAt_id_idx" ON "StageHistory"("opportunityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "StageHistory_opportunityId_enteredAt_idx" ON "StageHistory"("opportunityId", "enteredAt");

-- CreateIndex
CREATE INDEX "StageHistory_stageId_idx" ON "StageHistory"("stageId");

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_reportsToId_fkey" FOREIGN KEY ("reportsToId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PipelineStage" ADD CONSTRAINT "PipelineStage_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_pipelineId_fkey" FOREIGN KEY ("pipelineId") REFERENCES "Pipeline"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_stageId_fkey" FOREIGN KEY ("stageId") REFERENCES "PipelineStage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_lostReasonId_fkey" FOREIGN KEY ("lostReasonId") REFERENCES "LostReason"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OpportunityLine" ADD CONSTRAINT "OpportunityLine_opportunityId_fkey" FOREIGN KEY ("opportunityId") REFERENCES "Opportunity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OpportunityLine" ADD CONSTRAINT "OpportunityLine_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StageHistory" ADD CONSTRAINT "StageHistory_opportunityId_fkey" FOREIGN KEY ("opportunityId") REFERENCES "Opportunity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StageHistory" ADD CONSTRAINT "StageHistory_stageId_fkey" FOREIGN KEY ("stageId") REFERENCES "PipelineStage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What services check, the database guarantees.
ALTER TABLE "Customer"
    ADD CONSTRAINT "Customer_notOwnParent" CHECK ("parentId" <> "id"),
    ADD CONSTRAINT "Customer_annualRevenue" CHECK ("annualRevenue" >= 0),
    ADD CONSTRAINT "Customer_employeeCount" CHECK ("employeeCount" >= 0);
ALTER TABLE "Contact" ADD CONSTRAINT "Contact_notOwnSuperior" CHECK ("reportsToId" <> "id");
ALTER TABLE "User" ADD CONSTRAINT "User_notOwnManager" CHECK ("managerId" <> "id");
ALTER TABLE "Product" ADD CONSTRAINT "Product_price" CHECK ("price" >= 0);
ALTER TABLE "PipelineStage" ADD CONSTRAINT "PipelineStage_probability" CHECK ("probability" BETWEEN 0 AND 100);
ALTER TABLE "Opportunity"
    ADD CONSTRAINT "Opportunity_probability" CHECK ("probability" BETWEEN 0 AND 100),
    ADD CONSTRAINT "Opportunity_amount" CHECK ("amount" >= 0);
ALTER TABLE "OpportunityLine"
    ADD CONSTRAINT "OpportunityLine_quantity" CHECK ("quantity" >= 0),
    ADD CONSTRAINT "OpportunityLine_unitPrice" CHECK ("unitPrice" >= 0);
ALTER TABLE "StageHistory" ADD CONSTRAINT "StageHistory_order" CHECK ("leftAt" >= "enteredAt");

-- One pipeline is where opportunities go when nothing else is said.
CREATE UNIQUE INDEX "Pipeline_default" ON "Pipeline" ("isDefault") WHERE "isDefault" AND "deletedAt" IS NULL;
