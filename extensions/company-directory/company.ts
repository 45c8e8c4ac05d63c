import { z } from 'zod'

const short = z.string().max(200).nullable().default(null)

/** A company in the directory's JSON, and as it is stored. What is not listed here is not taken over. */
export const companySchema = z.object({
  registrationNumber: z.string().min(1).max(100),
  taxNumber: short,
  name: z.string().min(1).max(500),
  // A status that was thought of later is no reason to show nothing.
  status: z.enum(['ACTIVE', 'IN_LIQUIDATION', 'INSOLVENT', 'DISSOLVED', 'UNKNOWN']).catch('UNKNOWN'),
  legalForm: short,
  address: z
    .object({ street: short, postalCode: short, city: short, country: short })
    .nullable()
    .default(null),
  industryCodes: z.array(z.string().max(20)).max(20).default([]),
  employees: z
    .object({ from: z.int32().min(0), to: z.int32().min(0).nullable().default(null) })
    .nullable()
    .default(null),
})

export type Company = z.infer<typeof companySchema>

/** The largest number of companies that are asked for in one request. */
export const mostInRequest = 50
