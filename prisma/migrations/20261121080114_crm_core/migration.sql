-- CreateEnum
CREATE TYPE "ActivityType" AS ENUM ('TASK', 'CALL', 'MEETING', 'EMAIL', 'NOTE', 'SMS', 'WECHAT');

-- CreateEnum
CREATE TYPE "TaskStatus" AS ENUM ('NOT_STARTED', 'STARTED', 'COMPLETED', 'CANCELED', 'DEFERRED');

-- CreateEnum
CREATE TYPE "CallStatus" AS ENUM ('PLANNED', 'HELD', 'NOT_HELD');

-- CreateEnum
CREATE TYPE "Direction" AS ENUM ('INBOUND', 'OUTBOUND');

-- CreateEnum
CREATE TYPE "Priority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'URGENT');

-- CreateEnum
CREATE TYPE "AttendeeResponse" AS ENUM ('NEEDS_ACTION', 'ACCEPTED', 'DECLINED', 'TENTATIVE');

-- CreateEnum
CREATE TYPE "NeedStatus" AS ENUM ('OPEN', 'IN_PROGRESS', 'MET', 'DECLINED');

-- CreateEnum
CREATE TYPE "SegmentKind" AS ENUM ('STATIC', 'RULES');

-- CreateEnum
CREATE TYPE "MarketingPlanStatus" AS ENUM ('DRAFT', 'ACTIVE', 'COMPLETE', 'CANCELED');

-- CreateEnum
CREATE TYPE "CampaignType" AS ENUM ('EMAIL', 'NEWSLETTER', 'WEB', 'TELEVISION', 'RADIO', 'MAIL', 'EVENT', 'WEBINAR', 'SOCIAL', 'SMS', 'WECHAT', 'TELEMARKETING', 'ADVERTISEMENT', 'OTHER');

-- CreateEnum
CREATE TYPE "CampaignStatus" AS ENUM ('PLANNING', 'ACTIVE', 'INACTIVE', 'COMPLETE', 'ABORTED');

-- CreateEnum
CREATE TYPE "CampaignMemberStatus" AS ENUM ('PLANNED', 'SENT', 'OPENED', 'CLICKED', 'RESPONDED', 'BOUNCED', 'OPTED_OUT', 'CONVERTED');

-- CreateEnum
CREATE TYPE "ContactRole" AS ENUM ('DECISION_MAKER', 'EVALUATOR', 'INFLUENCER', 'ECONOMIC_BUYER', 'CHAMPION', 'USER', 'OTHER');

-- CreateEnum
CREATE TYPE "LeadStatus" AS ENUM ('NEW', 'ASSIGNED', 'IN_PROCESS', 'NURTURING', 'QUALIFIED', 'CONVERTED', 'DISQUALIFIED');

-- CreateEnum
CREATE TYPE "LeadSource" AS ENUM ('WEB_SITE', 'CALL', 'EMAIL', 'CAMPAIGN', 'PARTNER', 'REFERRAL', 'EXISTING_CUSTOMER', 'PUBLIC_RELATIONS', 'TRADE_SHOW', 'SOCIAL', 'WECHAT', 'IMPORT', 'API', 'OTHER');

-- CreateEnum
CREATE TYPE "QuoteStatus" AS ENUM ('DRAFT', 'IN_REVIEW', 'APPROVED', 'SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED');

-- CreateEnum
CREATE TYPE "OrderStatus" AS ENUM ('DRAFT', 'PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'CANCELED', 'RETURNED');

-- CreateEnum
CREATE TYPE "ApprovalSubject" AS ENUM ('ORDER', 'QUOTE');

-- CreateEnum
CREATE TYPE "ApprovalStatus" AS ENUM ('PENDING', 'APPROVED', 'REJECTED', 'CANCELED');

-- CreateEnum
CREATE TYPE "CaseStatus" AS ENUM ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'PENDING', 'ESCALATED', 'RESOLVED', 'CLOSED', 'REJECTED', 'DUPLICATE');

-- CreateEnum
CREATE TYPE "CaseType" AS ENUM ('QUESTION', 'INCIDENT', 'PROBLEM', 'FEATURE_REQUEST', 'COMPLAINT');

-- CreateEnum
CREATE TYPE "CaseOrigin" AS ENUM ('PHONE', 'EMAIL', 'WEB', 'CHAT', 'WECHAT', 'SOCIAL', 'PORTAL');

-- CreateEnum
CREATE TYPE "SlaStatus" AS ENUM ('FIRST_RESPONSE_DUE', 'ROLLING_RESPONSE_DUE', 'FULFILLED', 'FAILED');

-- CreateEnum
CREATE TYPE "Weekday" AS ENUM ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY');

-- CreateEnum
CREATE TYPE "Sentiment" AS ENUM ('POSITIVE', 'NEUTRAL', 'NEGATIVE');

-- AlterTable
ALTER TABLE "Opportunity" ADD COLUMN     "campaignId" TEXT COLLATE "C",
ADD COLUMN     "leadSource" "LeadSource";

-- CreateTable
CREATE TABLE "Activity" (
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
    "type" "ActivityType" NOT NULL,
    "subject" TEXT NOT NULL,
    "description" TEXT,
    "taskStatus" "TaskStatus",
    "callStatus" "CallStatus",
    "priority" "Priority" NOT NULL DEFAULT 'NORMAL',
    "direction" "Direction",
    "startAt" TIMESTAMPTZ(3),
    "endAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "completedAt" TIMESTAMPTZ(3),
    "location" TEXT,
    "fromAddress" TEXT,
    "toAddress" TEXT,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActivityTarget" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "activityId" TEXT COLLATE "C" NOT NULL,
    "targetId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ActivityTarget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ActivityAttendee" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "activityId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C",
    "leadId" TEXT COLLATE "C",
    "userId" TEXT COLLATE "C",
    "isOrganizer" BOOLEAN NOT NULL DEFAULT false,
    "response" "AttendeeResponse" NOT NULL DEFAULT 'NEEDS_ACTION',

    CONSTRAINT "ActivityAttendee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TimelineEvent" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "targetId" TEXT COLLATE "C" NOT NULL,
    "type" TEXT NOT NULL,
    "occurredAt" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT,
    "activityId" TEXT COLLATE "C",
    "relatedId" TEXT COLLATE "C",
    "data" JSONB NOT NULL,

    CONSTRAINT "TimelineEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Need" (
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
    "customerId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C",
    "subject" TEXT NOT NULL,
    "description" TEXT,
    "priority" "Priority" NOT NULL DEFAULT 'NORMAL',
    "status" "NeedStatus" NOT NULL DEFAULT 'OPEN',
    "neededBy" DATE,

    CONSTRAINT "Need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Segment" (
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
    "kind" "SegmentKind" NOT NULL DEFAULT 'STATIC',
    "description" TEXT,
    "rules" JSONB,

    CONSTRAINT "Segment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentMember" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "segmentId" TEXT COLLATE "C" NOT NULL,
    "customerId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "SegmentMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MarketingPlan" (
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
    "status" "MarketingPlanStatus" NOT NULL DEFAULT 'DRAFT',
    "startDate" DATE NOT NULL,
    "endDate" DATE NOT NULL,
    "budget" DECIMAL(18,4),
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "objective" TEXT,
    "description" TEXT,

    CONSTRAINT "MarketingPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Campaign" (
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
    "type" "CampaignType" NOT NULL DEFAULT 'OTHER',
    "status" "CampaignStatus" NOT NULL DEFAULT 'PLANNING',
    "startDate" DATE,
    "endDate" DATE,
    "budget" DECIMAL(18,4),
    "actualCost" DECIMAL(18,4),
    "expectedRevenue" DECIMAL(18,4),
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "description" TEXT,
    "parentId" TEXT COLLATE "C",
    "planId" TEXT COLLATE "C",

    CONSTRAINT "Campaign_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CampaignMember" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "campaignId" TEXT COLLATE "C" NOT NULL,
    "leadId" TEXT COLLATE "C",
    "contactId" TEXT COLLATE "C",
    "status" "CampaignMemberStatus" NOT NULL DEFAULT 'PLANNED',
    "respondedAt" TIMESTAMPTZ(3),

    CONSTRAINT "CampaignMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tag" (
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
    "color" TEXT,
    "description" TEXT,

    CONSTRAINT "Tag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Tagging" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "targetId" TEXT COLLATE "C" NOT NULL,
    "tagId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Tagging_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Note" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "targetId" TEXT COLLATE "C" NOT NULL,
    "title" TEXT,
    "body" TEXT NOT NULL,
    "isPinned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "targetId" TEXT COLLATE "C" NOT NULL,
    "fileName" TEXT NOT NULL,
    "mimeType" TEXT NOT NULL,
    "description" TEXT,
    "size" INTEGER,
    "sha256" TEXT,
    "storageKey" TEXT,
    "uploadedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OpportunityContact" (
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
    "contactId" TEXT COLLATE "C" NOT NULL,
    "role" "ContactRole" NOT NULL DEFAULT 'OTHER',
    "isPrimary" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "OpportunityContact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lead" (
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
    "salutation" TEXT,
    "firstName" TEXT,
    "lastName" TEXT,
    "company" TEXT NOT NULL,
    "title" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "mobile" TEXT,
    "website" TEXT,
    "industry" TEXT,
    "employeeCount" INTEGER,
    "street" TEXT,
    "city" TEXT,
    "state" TEXT,
    "postalCode" TEXT,
    "country" TEXT,
    "status" "LeadStatus" NOT NULL DEFAULT 'NEW',
    "leadSource" "LeadSource",
    "rating" "Rating",
    "score" INTEGER,
    "disqualifyReason" TEXT,
    "description" TEXT,
    "doNotCall" BOOLEAN NOT NULL DEFAULT false,
    "emailOptOut" BOOLEAN NOT NULL DEFAULT false,
    "convertedAt" TIMESTAMPTZ(3),
    "convertedCustomerId" TEXT COLLATE "C",
    "convertedContactId" TEXT COLLATE "C",
    "convertedOpportunityId" TEXT COLLATE "C",
    "campaignId" TEXT COLLATE "C",

    CONSTRAINT "Lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Quote" (
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
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "opportunityId" TEXT COLLATE "C",
    "customerId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C",
    "status" "QuoteStatus" NOT NULL DEFAULT 'DRAFT',
    "validUntil" DATE,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "extraDiscount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "subtotal" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "discount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "tax" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "total" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "terms" TEXT,
    "description" TEXT,

    CONSTRAINT "Quote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "QuoteLine" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "quoteId" TEXT COLLATE "C" NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 1,
    "quantity" DECIMAL(18,4) NOT NULL DEFAULT 1,
    "unitPrice" DECIMAL(18,4) NOT NULL,
    "discountPercent" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "taxPercent" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "subtotal" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "discount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "tax" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "total" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "description" TEXT,

    CONSTRAINT "QuoteLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Order" (
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
    "number" TEXT NOT NULL,
    "name" TEXT,
    "customerId" TEXT COLLATE "C" NOT NULL,
    "contactId" TEXT COLLATE "C",
    "quoteId" TEXT COLLATE "C",
    "opportunityId" TEXT COLLATE "C",
    "status" "OrderStatus" NOT NULL DEFAULT 'DRAFT',
    "approvalStatus" "ApprovalStatus",
    "orderedAt" TIMESTAMPTZ(3),
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "extraDiscount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "subtotal" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "discount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "tax" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "total" DECIMAL(18,4) NOT NULL DEFAULT 0,
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
    "description" TEXT,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderLine" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "orderId" TEXT COLLATE "C" NOT NULL,
    "productId" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 1,
    "quantity" DECIMAL(18,4) NOT NULL DEFAULT 1,
    "unitPrice" DECIMAL(18,4) NOT NULL,
    "discountPercent" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "taxPercent" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "subtotal" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "discount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "tax" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "total" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "description" TEXT,

    CONSTRAINT "OrderLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApprovalRule" (
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
    "appliesTo" "ApprovalSubject" NOT NULL,
    "minimumTotal" DECIMAL(18,4) NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "approverId" TEXT COLLATE "C",
    "isActive" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "ApprovalRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Approval" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "targetId" TEXT COLLATE "C" NOT NULL,
    "status" "ApprovalStatus" NOT NULL DEFAULT 'PENDING',
    "ruleId" TEXT COLLATE "C",
    "amount" DECIMAL(18,4) NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "approverId" TEXT COLLATE "C",
    "comment" TEXT,
    "decidedById" TEXT COLLATE "C",
    "decidedAt" TIMESTAMPTZ(3),
    "decisionComment" TEXT,

    CONSTRAINT "Approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SalesTarget" (
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
    "startDate" DATE NOT NULL,
    "endDate" DATE NOT NULL,
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',
    "amount" DECIMAL(18,4) NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "productId" TEXT COLLATE "C",

    CONSTRAINT "SalesTarget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
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
    "number" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "status" "CaseStatus" NOT NULL DEFAULT 'NEW',
    "priority" "Priority" NOT NULL DEFAULT 'NORMAL',
    "type" "CaseType" NOT NULL DEFAULT 'QUESTION',
    "origin" "CaseOrigin" NOT NULL DEFAULT 'WEB',
    "customerId" TEXT COLLATE "C",
    "contactId" TEXT COLLATE "C",
    "productId" TEXT COLLATE "C",
    "description" TEXT,
    "resolution" TEXT,
    "duplicateOfId" TEXT COLLATE "C",
    "slaPolicyId" TEXT COLLATE "C",
    "responseDueAt" TIMESTAMPTZ(3),
    "resolveDueAt" TIMESTAMPTZ(3),
    "firstRespondedAt" TIMESTAMPTZ(3),
    "pendingSince" TIMESTAMPTZ(3),
    "pausedSeconds" INTEGER NOT NULL DEFAULT 0,
    "escalatedAt" TIMESTAMPTZ(3),
    "escalationReason" TEXT,
    "resolvedAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "slaStatus" "SlaStatus",

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SlaPolicy" (
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
    "priority" "Priority",
    "caseType" "CaseType",
    "customerId" TEXT COLLATE "C",
    "responseMinutes" INTEGER,
    "resolveMinutes" INTEGER,
    "calendarId" TEXT COLLATE "C",
    "isActive" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "SlaPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BusinessCalendar" (
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
    "timeZone" TEXT NOT NULL DEFAULT 'UTC',

    CONSTRAINT "BusinessCalendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BusinessInterval" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "calendarId" TEXT COLLATE "C" NOT NULL,
    "weekday" "Weekday" NOT NULL,
    "opensAt" TEXT NOT NULL,
    "closesAt" TEXT NOT NULL,

    CONSTRAINT "BusinessInterval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Holiday" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "calendarId" TEXT COLLATE "C" NOT NULL,
    "date" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Holiday_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseComment" (
    "id" TEXT COLLATE "C" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdById" TEXT COLLATE "C",
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" TEXT COLLATE "C",
    "deletedAt" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "source" TEXT,
    "customFields" JSONB NOT NULL DEFAULT '{}',
    "caseId" TEXT COLLATE "C" NOT NULL,
    "body" TEXT NOT NULL,
    "isInternal" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "CaseComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Feedback" (
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
    "rating" INTEGER NOT NULL,
    "text" TEXT,
    "sentiment" "Sentiment" NOT NULL,
    "caseId" TEXT COLLATE "C",
    "orderId" TEXT COLLATE "C",
    "customerId" TEXT COLLATE "C",
    "contactId" TEXT COLLATE "C",

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Activity_createdAt_id_idx" ON "Activity"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Activity_ownerId_createdAt_id_idx" ON "Activity"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Activity_teamId_createdAt_id_idx" ON "Activity"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Activity_subject_idx" ON "Activity" USING GIN ("subject" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "ActivityTarget_createdAt_id_idx" ON "ActivityTarget"("createdAt", "id");

-- CreateIndex
CREATE INDEX "ActivityTarget_activityId_createdAt_id_idx" ON "ActivityTarget"("activityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ActivityTarget_targetId_createdAt_id_idx" ON "ActivityTarget"("targetId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ActivityTarget_activityId_targetId_key" ON "ActivityTarget"("activityId", "targetId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "ActivityAttendee_createdAt_id_idx" ON "ActivityAttendee"("createdAt", "id");

-- CreateIndex
CREATE INDEX "ActivityAttendee_activityId_createdAt_id_idx" ON "ActivityAttendee"("activityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ActivityAttendee_contactId_createdAt_id_idx" ON "ActivityAttendee"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ActivityAttendee_leadId_createdAt_id_idx" ON "ActivityAttendee"("leadId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ActivityAttendee_userId_createdAt_id_idx" ON "ActivityAttendee"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "TimelineEvent_createdAt_id_idx" ON "TimelineEvent"("createdAt", "id");

-- CreateIndex
CREATE INDEX "TimelineEvent_targetId_occurredAt_id_idx" ON "TimelineEvent"("targetId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "TimelineEvent_activityId_occurredAt_id_idx" ON "TimelineEvent"("activityId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "TimelineEvent_relatedId_occurredAt_id_idx" ON "TimelineEvent"("relatedId", "occurredAt", "id");

-- CreateIndex
CREATE INDEX "Need_createdAt_id_idx" ON "Need"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Need_ownerId_createdAt_id_idx" ON "Need"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Need_teamId_createdAt_id_idx" ON "Need"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Need_customerId_createdAt_id_idx" ON "Need"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Need_contactId_createdAt_id_idx" ON "Need"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Need_status_createdAt_id_idx" ON "Need"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Need_subject_idx" ON "Need" USING GIN ("subject" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Segment_name_key" ON "Segment"("name");

-- CreateIndex
CREATE INDEX "Segment_createdAt_id_idx" ON "Segment"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Segment_name_idx" ON "Segment" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "SegmentMember_createdAt_id_idx" ON "SegmentMember"("createdAt", "id");

-- CreateIndex
CREATE INDEX "SegmentMember_segmentId_createdAt_id_idx" ON "SegmentMember"("segmentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SegmentMember_customerId_createdAt_id_idx" ON "SegmentMember"("customerId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SegmentMember_segmentId_customerId_key" ON "SegmentMember"("segmentId", "customerId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "MarketingPlan_createdAt_id_idx" ON "MarketingPlan"("createdAt", "id");

-- CreateIndex
CREATE INDEX "MarketingPlan_ownerId_createdAt_id_idx" ON "MarketingPlan"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "MarketingPlan_teamId_createdAt_id_idx" ON "MarketingPlan"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "MarketingPlan_status_createdAt_id_idx" ON "MarketingPlan"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "MarketingPlan_name_idx" ON "MarketingPlan" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Campaign_createdAt_id_idx" ON "Campaign"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Campaign_ownerId_createdAt_id_idx" ON "Campaign"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Campaign_teamId_createdAt_id_idx" ON "Campaign"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Campaign_parentId_createdAt_id_idx" ON "Campaign"("parentId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Campaign_planId_createdAt_id_idx" ON "Campaign"("planId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Campaign_status_createdAt_id_idx" ON "Campaign"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Campaign_name_idx" ON "Campaign" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "CampaignMember_createdAt_id_idx" ON "CampaignMember"("createdAt", "id");

-- CreateIndex
CREATE INDEX "CampaignMember_campaignId_createdAt_id_idx" ON "CampaignMember"("campaignId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "CampaignMember_leadId_createdAt_id_idx" ON "CampaignMember"("leadId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "CampaignMember_contactId_createdAt_id_idx" ON "CampaignMember"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "CampaignMember_status_createdAt_id_idx" ON "CampaignMember"("status", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CampaignMember_campaignId_leadId_key" ON "CampaignMember"("campaignId", "leadId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "CampaignMember_campaignId_contactId_key" ON "CampaignMember"("campaignId", "contactId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "Tag_name_key" ON "Tag"("name");

-- CreateIndex
CREATE INDEX "Tag_createdAt_id_idx" ON "Tag"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Tag_name_idx" ON "Tag" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Tagging_createdAt_id_idx" ON "Tagging"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Tagging_targetId_createdAt_id_idx" ON "Tagging"("targetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Tagging_tagId_createdAt_id_idx" ON "Tagging"("tagId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Tagging_tagId_targetId_key" ON "Tagging"("tagId", "targetId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Note_createdAt_id_idx" ON "Note"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Note_targetId_createdAt_id_idx" ON "Note"("targetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Note_title_idx" ON "Note" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Note_body_idx" ON "Note" USING GIN ("body" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Attachment_createdAt_id_idx" ON "Attachment"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Attachment_targetId_createdAt_id_idx" ON "Attachment"("targetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Attachment_fileName_idx" ON "Attachment" USING GIN ("fileName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "OpportunityContact_createdAt_id_idx" ON "OpportunityContact"("createdAt", "id");

-- CreateIndex
CREATE INDEX "OpportunityContact_opportunityId_createdAt_id_idx" ON "OpportunityContact"("opportunityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "OpportunityContact_contactId_createdAt_id_idx" ON "OpportunityContact"("contactId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OpportunityContact_opportunityId_contactId_key" ON "OpportunityContact"("opportunityId", "contactId") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "Lead_createdAt_id_idx" ON "Lead"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_ownerId_createdAt_id_idx" ON "Lead"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_teamId_createdAt_id_idx" ON "Lead"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_convertedCustomerId_createdAt_id_idx" ON "Lead"("convertedCustomerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_convertedContactId_createdAt_id_idx" ON "Lead"("convertedContactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_convertedOpportunityId_createdAt_id_idx" ON "Lead"("convertedOpportunityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_campaignId_createdAt_id_idx" ON "Lead"("campaignId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_status_createdAt_id_idx" ON "Lead"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Lead_firstName_idx" ON "Lead" USING GIN ("firstName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Lead_lastName_idx" ON "Lead" USING GIN ("lastName" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Lead_company_idx" ON "Lead" USING GIN ("company" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Lead_email_idx" ON "Lead" USING GIN ("email" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Quote_number_key" ON "Quote"("number");

-- CreateIndex
CREATE INDEX "Quote_createdAt_id_idx" ON "Quote"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_ownerId_createdAt_id_idx" ON "Quote"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_teamId_createdAt_id_idx" ON "Quote"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_opportunityId_createdAt_id_idx" ON "Quote"("opportunityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_customerId_createdAt_id_idx" ON "Quote"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_contactId_createdAt_id_idx" ON "Quote"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_status_createdAt_id_idx" ON "Quote"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Quote_number_idx" ON "Quote" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Quote_name_idx" ON "Quote" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "QuoteLine_createdAt_id_idx" ON "QuoteLine"("createdAt", "id");

-- CreateIndex
CREATE INDEX "QuoteLine_quoteId_position_id_idx" ON "QuoteLine"("quoteId", "position", "id");

-- CreateIndex
CREATE INDEX "QuoteLine_productId_createdAt_id_idx" ON "QuoteLine"("productId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Order_number_key" ON "Order"("number");

-- CreateIndex
CREATE INDEX "Order_createdAt_id_idx" ON "Order"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_ownerId_createdAt_id_idx" ON "Order"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_teamId_createdAt_id_idx" ON "Order"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_customerId_createdAt_id_idx" ON "Order"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_contactId_createdAt_id_idx" ON "Order"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_quoteId_createdAt_id_idx" ON "Order"("quoteId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_opportunityId_createdAt_id_idx" ON "Order"("opportunityId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_status_createdAt_id_idx" ON "Order"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Order_number_idx" ON "Order" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Order_name_idx" ON "Order" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "OrderLine_createdAt_id_idx" ON "OrderLine"("createdAt", "id");

-- CreateIndex
CREATE INDEX "OrderLine_orderId_position_id_idx" ON "OrderLine"("orderId", "position", "id");

-- CreateIndex
CREATE INDEX "OrderLine_productId_createdAt_id_idx" ON "OrderLine"("productId", "createdAt", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ApprovalRule_name_key" ON "ApprovalRule"("name");

-- CreateIndex
CREATE INDEX "ApprovalRule_createdAt_id_idx" ON "ApprovalRule"("createdAt", "id");

-- CreateIndex
CREATE INDEX "ApprovalRule_approverId_createdAt_id_idx" ON "ApprovalRule"("approverId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ApprovalRule_name_idx" ON "ApprovalRule" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Approval_createdAt_id_idx" ON "Approval"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Approval_targetId_createdAt_id_idx" ON "Approval"("targetId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Approval_ruleId_createdAt_id_idx" ON "Approval"("ruleId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Approval_approverId_createdAt_id_idx" ON "Approval"("approverId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Approval_decidedById_createdAt_id_idx" ON "Approval"("decidedById", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Approval_status_createdAt_id_idx" ON "Approval"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SalesTarget_createdAt_id_idx" ON "SalesTarget"("createdAt", "id");

-- CreateIndex
CREATE INDEX "SalesTarget_ownerId_createdAt_id_idx" ON "SalesTarget"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SalesTarget_teamId_createdAt_id_idx" ON "SalesTarget"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SalesTarget_productId_createdAt_id_idx" ON "SalesTarget"("productId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SalesTarget_name_idx" ON "SalesTarget" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "Case_number_key" ON "Case"("number");

-- CreateIndex
CREATE INDEX "Case_createdAt_id_idx" ON "Case"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_ownerId_createdAt_id_idx" ON "Case"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_teamId_createdAt_id_idx" ON "Case"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_customerId_createdAt_id_idx" ON "Case"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_contactId_createdAt_id_idx" ON "Case"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_productId_createdAt_id_idx" ON "Case"("productId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_duplicateOfId_createdAt_id_idx" ON "Case"("duplicateOfId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_slaPolicyId_createdAt_id_idx" ON "Case"("slaPolicyId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_status_createdAt_id_idx" ON "Case"("status", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Case_number_idx" ON "Case" USING GIN ("number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Case_subject_idx" ON "Case" USING GIN ("subject" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "SlaPolicy_name_key" ON "SlaPolicy"("name");

-- CreateIndex
CREATE INDEX "SlaPolicy_createdAt_id_idx" ON "SlaPolicy"("createdAt", "id");

-- CreateIndex
CREATE INDEX "SlaPolicy_customerId_createdAt_id_idx" ON "SlaPolicy"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SlaPolicy_calendarId_createdAt_id_idx" ON "SlaPolicy"("calendarId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "SlaPolicy_name_idx" ON "SlaPolicy" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "BusinessCalendar_name_key" ON "BusinessCalendar"("name");

-- CreateIndex
CREATE INDEX "BusinessCalendar_createdAt_id_idx" ON "BusinessCalendar"("createdAt", "id");

-- CreateIndex
CREATE INDEX "BusinessCalendar_name_idx" ON "BusinessCalendar" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "BusinessInterval_createdAt_id_idx" ON "BusinessInterval"("createdAt", "id");

-- CreateIndex
CREATE INDEX "BusinessInterval_calendarId_opensAt_id_idx" ON "BusinessInterval"("calendarId", "opensAt", "id");

-- CreateIndex
CREATE INDEX "Holiday_createdAt_id_idx" ON "Holiday"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Holiday_calendarId_date_id_idx" ON "Holiday"("calendarId", "date", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Holiday_calendarId_date_key" ON "Holiday"("calendarId", "date") WHERE ("deletedAt" IS NULL);

-- CreateIndex
CREATE INDEX "CaseComment_createdAt_id_idx" ON "CaseComment"("createdAt", "id");

-- CreateIndex
CREATE INDEX "CaseComment_caseId_createdAt_id_idx" ON "CaseComment"("caseId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "CaseComment_body_idx" ON "CaseComment" USING GIN ("body" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Feedback_createdAt_id_idx" ON "Feedback"("createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_ownerId_createdAt_id_idx" ON "Feedback"("ownerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_teamId_createdAt_id_idx" ON "Feedback"("teamId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_caseId_createdAt_id_idx" ON "Feedback"("caseId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_orderId_createdAt_id_idx" ON "Feedback"("orderId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_customerId_createdAt_id_idx" ON "Feedback"("customerId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_contactId_createdAt_id_idx" ON "Feedback"("contactId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "Feedback_text_idx" ON "Feedback" USING GIN ("text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Opportunity_campaignId_createdAt_id_idx" ON "Opportunity"("campaignId", "createdAt", "id");

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityTarget" ADD CONSTRAINT "ActivityTarget_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityAttendee" ADD CONSTRAINT "ActivityAttendee_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityAttendee" ADD CONSTRAINT "ActivityAttendee_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityAttendee" ADD CONSTRAINT "ActivityAttendee_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ActivityAttendee" ADD CONSTRAINT "ActivityAttendee_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEvent" ADD CONSTRAINT "TimelineEvent_activityId_fkey" FOREIGN KEY ("activityId") REFERENCES "Activity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Need" ADD CONSTRAINT "Need_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Need" ADD CONSTRAINT "Need_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Need" ADD CONSTRAINT "Need_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Need" ADD CONSTRAINT "Need_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentMember" ADD CONSTRAINT "SegmentMember_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentMember" ADD CONSTRAINT "SegmentMember_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MarketingPlan" ADD CONSTRAINT "MarketingPlan_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MarketingPlan" ADD CONSTRAINT "MarketingPlan_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_planId_fkey" FOREIGN KEY ("planId") REFERENCES "MarketingPlan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Campaign" ADD CONSTRAINT "Campaign_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignMember" ADD CONSTRAINT "CampaignMember_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignMember" ADD CONSTRAINT "CampaignMember_leadId_fkey" FOREIGN KEY ("leadId") REFERENCES "Lead"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CampaignMember" ADD CONSTRAINT "CampaignMember_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Tagging" ADD CONSTRAINT "Tagging_tagId_fkey" FOREIGN KEY ("tagId") REFERENCES "Tag"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Opportunity" ADD CONSTRAINT "Opportunity_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OpportunityContact" ADD CONSTRAINT "OpportunityContact_opportunityId_fkey" FOREIGN KEY ("opportunityId") REFERENCES "Opportunity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OpportunityContact" ADD CONSTRAINT "OpportunityContact_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_convertedCustomerId_fkey" FOREIGN KEY ("convertedCustomerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_convertedContactId_fkey" FOREIGN KEY ("convertedContactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_convertedOpportunityId_fkey" FOREIGN KEY ("convertedOpportunityId") REFERENCES "Opportunity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "Campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_opportunityId_fkey" FOREIGN KEY ("opportunityId") REFERENCES "Opportunity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QuoteLine" ADD CONSTRAINT "QuoteLine_quoteId_fkey" FOREIGN KEY ("quoteId") REFERENCES "Quote"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "QuoteLine" ADD CONSTRAINT "QuoteLine_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_quoteId_fkey" FOREIGN KEY ("quoteId") REFERENCES "Quote"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_opportunityId_fkey" FOREIGN KEY ("opportunityId") REFERENCES "Opportunity"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderLine" ADD CONSTRAINT "OrderLine_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderLine" ADD CONSTRAINT "OrderLine_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApprovalRule" ADD CONSTRAINT "ApprovalRule_approverId_fkey" FOREIGN KEY ("approverId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "ApprovalRule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_approverId_fkey" FOREIGN KEY ("approverId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SalesTarget" ADD CONSTRAINT "SalesTarget_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SalesTarget" ADD CONSTRAINT "SalesTarget_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SalesTarget" ADD CONSTRAINT "SalesTarget_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_duplicateOfId_fkey" FOREIGN KEY ("duplicateOfId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_slaPolicyId_fkey" FOREIGN KEY ("slaPolicyId") REFERENCES "SlaPolicy"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SlaPolicy" ADD CONSTRAINT "SlaPolicy_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SlaPolicy" ADD CONSTRAINT "SlaPolicy_calendarId_fkey" FOREIGN KEY ("calendarId") REFERENCES "BusinessCalendar"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BusinessInterval" ADD CONSTRAINT "BusinessInterval_calendarId_fkey" FOREIGN KEY ("calendarId") REFERENCES "BusinessCalendar"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Holiday" ADD CONSTRAINT "Holiday_calendarId_fkey" FOREIGN KEY ("calendarId") REFERENCES "BusinessCalendar"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseComment" ADD CONSTRAINT "CaseComment_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_contactId_fkey" FOREIGN KEY ("contactId") REFERENCES "Contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Numbers that customers are told; a gap is no fault.
CREATE SEQUENCE "Quote_number" AS bigint;
CREATE SEQUENCE "Order_number" AS bigint;
CREATE SEQUENCE "Case_number" AS bigint;

-- What services check, the database guarantees.
ALTER TABLE "ActivityAttendee" ADD CONSTRAINT "ActivityAttendee_one" CHECK (num_nonnulls("contactId", "leadId", "userId") = 1);
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_times" CHECK ("endAt" >= "startAt");
ALTER TABLE "Lead"
    ADD CONSTRAINT "Lead_score" CHECK ("score" BETWEEN 0 AND 100),
    ADD CONSTRAINT "Lead_employeeCount" CHECK ("employeeCount" >= 0),
    ADD CONSTRAINT "Lead_converted" CHECK (("status" = 'CONVERTED') = ("convertedAt" IS NOT NULL));
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_amounts" CHECK ("extraDiscount" >= 0 AND "subtotal" >= 0 AND "discount" >= 0 AND "tax" >= 0 AND "total" >= 0);
ALTER TABLE "QuoteLine"
    ADD CONSTRAINT "QuoteLine_amounts" CHECK ("quantity" >= 0 AND "unitPrice" >= 0 AND "discountPercent" BETWEEN 0 AND 100 AND "taxPercent" BETWEEN 0 AND 100);
ALTER TABLE "Order" ADD CONSTRAINT "Order_amounts" CHECK ("extraDiscount" >= 0 AND "subtotal" >= 0 AND "discount" >= 0 AND "tax" >= 0 AND "total" >= 0);
ALTER TABLE "OrderLine"
    ADD CONSTRAINT "OrderLine_amounts" CHECK ("quantity" >= 0 AND "unitPrice" >= 0 AND "discountPercent" BETWEEN 0 AND 100 AND "taxPercent" BETWEEN 0 AND 100);
ALTER TABLE "ApprovalRule" ADD CONSTRAINT "ApprovalRule_minimumTotal" CHECK ("minimumTotal" >= 0);
ALTER TABLE "SalesTarget" ADD CONSTRAINT "SalesTarget_amount" CHECK ("amount" >= 0), ADD CONSTRAINT "SalesTarget_dates" CHECK ("endDate" >= "startDate");
ALTER TABLE "MarketingPlan" ADD CONSTRAINT "MarketingPlan_budget" CHECK ("budget" >= 0), ADD CONSTRAINT "MarketingPlan_dates" CHECK ("endDate" >= "startDate");
ALTER TABLE "Campaign"
    ADD CONSTRAINT "Campaign_amounts" CHECK ("budget" >= 0 AND "actualCost" >= 0 AND "expectedRevenue" >= 0),
    ADD CONSTRAINT "Campaign_dates" CHECK ("endDate" >= "startDate"),
    ADD CONSTRAINT "Campaign_notOwnParent" CHECK ("parentId" <> "id");
ALTER TABLE "CampaignMember" ADD CONSTRAINT "CampaignMember_one" CHECK (num_nonnulls("leadId", "contactId") = 1);
ALTER TABLE "Case" ADD CONSTRAINT "Case_notOwnDuplicate" CHECK ("duplicateOfId" <> "id"), ADD CONSTRAINT "Case_pausedSeconds" CHECK ("pausedSeconds" >= 0);
ALTER TABLE "BusinessInterval" ADD CONSTRAINT "BusinessInterval_times" CHECK ("closesAt" > "opensAt");
ALTER TABLE "Feedback"
    ADD CONSTRAINT "Feedback_rating" CHECK ("rating" BETWEEN 1 AND 5),
    ADD CONSTRAINT "Feedback_one" CHECK (num_nonnulls("caseId", "orderId") <= 1);
