import type { Log } from '@trellis/sdk'
import { z } from 'zod'
import { type Company, companySchema, mostInRequest } from './company.ts'
import { createTurnstile } from './create-turnstile.ts'
import { type LookupKey, plainNumber, questionOf } from './lookup-key.ts'
import { DirectoryFailure, requestJson } from './request-json.ts'
import type { DirectorySettings } from './settings.ts'

export interface DirectoryOptions {
  readonly settings: DirectorySettings
  readonly apiKey: string
  readonly log: Log
  /** Aborted when the directory is not used any more. */
  readonly signal: AbortSignal
}

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

/** One question to the directory. */
interface Question<Value> {
  readonly path: string
  /** @default nothing, by GET */
  readonly body?: unknown
  /** Who asks has gone when it is aborted. */
  readonly caller: AbortSignal
  /** Aborted when the directory had its time. */
  readonly time: AbortSignal
  /** @throws DirectoryFailure */
  readonly read: (json: unknown) => Value
}

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

/** The directory at the address that is set. It keeps count of what is under way, and leaves the directory alone for a while after it has failed. */
export function createDirectory({ settings, apiKey, log, signal: leaving }: DirectoryOptions): Directory {
  const inTurn = createTurnstile(settings.concurrency)
  const base = settings.baseUrl.replace(/\/+$/, '')
  let takesMany = true
  let restsUntil = Number.NEGATIVE_INFINITY
  let seen = { at: Number.NEGATIVE_INFINITY, isWell: true }

  const note = (failure: DirectoryFailure | null): void => {
    const at = performance.now()
    seen = { at, isWell: failure === null }
    if (!failure) return
    const isFirst = restsUntil <= at
    restsUntil = at + settings.restSeconds * 1000
    if (isFirst) log.warn({ reason: failure.message }, 'the company directory failed')
  }

  /** `null` when there is nothing at the address. @throws DirectoryFailure */
  const ask = <Value>({ path, body, caller, time, read }: Question<Value>): Promise<Value | null> => {
    const since = performance.now()
    // That somebody hung up says nothing about the directory, nor does that it answered, and not all that it was asked meanwhile.
    const isItsOwn = () =>
      !caller.aborted && !leaving.aborted && !(time.aborted && seen.isWell && seen.at >= since)
    return inTurn(async () => {
      if (performance.now() < restsUntil) throw new DirectoryFailure('is left alone, since it has failed')
      if (time.aborted)
        throw new DirectoryFailure('was not asked: others were, for as long as there was time')
      try {
        const signal = AbortSignal.any([caller, leaving, time])
        const answer = await requestJson({ url: new URL(`${base}/v1${path}`), apiKey, body, signal })
        const value = answer && read(answer.json)
        note(null)
        return value
      } catch (thrown) {
        if (thrown instanceof DirectoryFailure && isItsOwn()) note(thrown)
        throw thrown
      }
    })
  }

  const must = <Value>(value: Value | null): Value => {
    if (value !== null) return value
    const failure = new DirectoryFailure('has nothing at the address: is baseUrl right?')
    note(failure)
    throw failure
  }

  return {
    async lookUp(keys, caller) {
      const time = AbortSignal.timeout(settings.timeoutMs)
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
        const read = (json: unknown) => ({ company: checked(key, parsed(foundSchema, json).company) })
        const path = `/company?${new URLSearchParams(questionOf(key))}`
        companies.set(key, must(await ask({ path, caller, time, read })).company)
        // A directory that answers one at a time, and not many, is asked so from now on.
        takesMany = false
      }
      const askMany = async (some: readonly LookupKey[]): Promise<boolean> => {
        const read = (json: unknown): readonly (Company | null)[] => {
          const { companies: given } = parsed(manySchema, json)
          if (given.length !== some.length)
            throw new DirectoryFailure('answered about fewer or more companies')
          return some.map((key, index) => checked(key, given[index]))
        }
        const body = { companies: some.map(questionOf) }
        const many = await ask({ path: '/companies/lookup', body, caller, time, read })
        many?.forEach((company, index) => {
          const key = some[index]
          if (key) companies.set(key, company)
        })
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
    },
    async search(text, first, caller) {
      const path = `/companies?${new URLSearchParams({ text, limit: String(first) })}`
      const time = AbortSignal.timeout(settings.timeoutMs)
      const read = (json: unknown) => parsed(hitsSchema, json).companies.slice(0, first)
      return must(await ask({ path, caller, time, read }))
    },
    async isWell() {
      if (performance.now() - seen.at < healthIsKnownMs) return seen.isWell
      const time = AbortSignal.timeout(healthTimeoutMs)
      must(await ask({ path: '/status', caller: leaving, time, read: () => true }))
      return true
    },
  }
}
