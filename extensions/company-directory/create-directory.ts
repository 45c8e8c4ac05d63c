import { z } from 'zod'
import { type Company, companySchema, mostInRequest } from './company.ts'
import { type Asker, createAsker, type DirectoryOptions } from './create-asker.ts'
import { type LookupKey, plainNumber, questionOf } from './lookup-key.ts'
import { DirectoryFailure } from './request-json.ts'

/** What the directory answered: by key, `null` for who is not known. */
export interface LookedUp {
  readonly companies: ReadonlyMap<LookupKey, Company | null>
  /** Why keys are missing in `companies`; `null` when none is. */
  readonly failure: DirectoryFailure | null
}

/** The directory elsewhere. */
export interface Directory {
  /** Companies by their keys, which are distinct: 50 in one request. Never throws. */
  lookUp(keys: readonly LookupKey[], signal: AbortSignal): Promise<LookedUp>
  /** Companies by what is in their names. @throws DirectoryFailure */
  search(text: string, first: number, signal: AbortSignal): Promise<readonly Company[]>
  /** Whether it answers, as far as was seen in the last ten seconds. */
  readonly isWell: () => Promise<boolean>
}

const foundSchema = z.object({ company: companySchema.nullable() })
const manySchema = z.object({ companies: z.array(companySchema.nullable()) })
const hitsSchema = z.object({ companies: z.array(companySchema) })

/** Whoever asks how Trellis is does not wait longer. */
const healthTimeoutMs = 400
const healthIsKnownMs = 10_000

function parsed<Value>(schema: z.ZodType<Value>, json: unknown): Value {
  const { success, data } = schema.safeParse(json)
  if (!success) throw new DirectoryFailure('answered with JSON of another shape')
  return data
}

/** A directory that mixes companies up would show one customer's as another's. */
function checked(key: LookupKey, company: Company | null | undefined): Company | null {
  if (!company) return null
  const { registrationNumber, taxNumber } = company
  const isOther =
    key !== `registrationNumber ${plainNumber(registrationNumber)}` &&
    (taxNumber === null || key !== `taxNumber ${plainNumber(taxNumber)}`)
  if (isOther) throw new DirectoryFailure('answered with another company')
  return company
}

/** What a directory answered about many: each with who was asked for in its place. */
function inOrder(
  keys: readonly LookupKey[],
  json: unknown,
): readonly (readonly [LookupKey, Company | null])[] {
  const { companies } = parsed(manySchema, json)
  if (companies.length !== keys.length) throw new DirectoryFailure('answered about fewer or more companies')
  return keys.map((key, index) => [key, checked(key, companies[index])])
}

/** Asks about many companies in one request, or one by one where the directory does not take many. */
function createLookUp({ ask, must }: Asker, timeoutMs: number): Directory['lookUp'] {
  let takesMany = true
  return async (keys, caller) => {
    const time = AbortSignal.timeout(timeoutMs)
    const companies = new Map<LookupKey, Company | null>()
    let failure: DirectoryFailure | null = null
    const keep = async (work: () => Promise<void>): Promise<void> => {
      try {
        await work()
      } catch (thrown) {
        if (!(thrown instanceof DirectoryFailure)) throw thrown
        failure ??= thrown
      }
    }
    const askOne = async (key: LookupKey): Promise<void> => {
      const path = `/company?${new URLSearchParams(questionOf(key))}`
      const read = (json: unknown) => ({ company: checked(key, parsed(foundSchema, json).company) })
      companies.set(key, (await must({ path, caller, time, read })).company)
      // A directory that answers one at a time, and not many, is asked so from now on.
      takesMany = false
    }
    const askMany = async (some: readonly LookupKey[]): Promise<boolean> => {
      const body = { companies: some.map(questionOf) }
      const read = (json: unknown) => inOrder(some, json)
      const many = await ask({ path: '/companies/lookup', body, caller, time, read })
      for (const [key, company] of many ?? []) companies.set(key, company)
      return many !== null
    }
    const askPart = async (some: readonly LookupKey[]): Promise<void> => {
      if (takesMany && (await askMany(some))) return
      await Promise.all(some.map(key => keep(() => askOne(key))))
    }
    const parts = Array.from({ length: Math.ceil(keys.length / mostInRequest) }, (_, index) =>
      keys.slice(index * mostInRequest, (index + 1) * mostInRequest),
    )
    await Promise.all(parts.map(some => keep(() => askPart(some))))
    return { companies, failure }
  }
}

/** The directory at the address that is set. It keeps count of what is under way, and leaves the directory alone for a while after it has failed. */
export function createDirectory(options: DirectoryOptions): Directory {
  const { timeoutMs } = options.settings
  const asker = createAsker(options)
  return {
    lookUp: createLookUp(asker, timeoutMs),
    search(text, first, caller) {
      const path = `/companies?${new URLSearchParams({ text, limit: String(first) })}`
      const time = AbortSignal.timeout(timeoutMs)
      const read = (json: unknown) => parsed(hitsSchema, json).companies.slice(0, first)
      return asker.must({ path, caller, time, read })
    },
    async isWell() {
      const { at, isWell } = asker.seen()
      if (performance.now() - at < healthIsKnownMs) return isWell
      const time = AbortSignal.timeout(healthTimeoutMs)
      return asker.must({ path: '/status', caller: options.signal, time, read: () => true })
    },
  }
}
