import type { Log } from '@trellis/sdk'
import { createTurnstile } from './create-turnstile.ts'
import { DirectoryFailure, requestJson } from './request-json.ts'
import type { DirectorySettings } from './settings.ts'

export interface DirectoryOptions {
  readonly settings: DirectorySettings
  readonly apiKey: string
  readonly log: Log
  /** Aborted when the directory is not used any more. */
  readonly signal: AbortSignal
}

/** One question to the directory. */
export interface Question<Value> {
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

/** What was seen of the directory last. */
interface Seen {
  readonly at: number
  readonly isWell: boolean
}

/** Puts questions to the directory, so many at once, and none for a while after it has failed. */
export interface Asker {
  /** `null` when there is nothing at the address. @throws DirectoryFailure */
  readonly ask: <Value>(question: Question<Value>) => Promise<Value | null>
  /** The same of what has to be there. @throws DirectoryFailure */
  readonly must: <Value>(question: Question<Value>) => Promise<Value>
  readonly seen: () => Seen
}

export function createAsker({ settings, apiKey, log, signal: leaving }: DirectoryOptions): Asker {
  const inTurn = createTurnstile(settings.concurrency)
  const base = settings.baseUrl.replace(/\/+$/, '')
  let restsUntil = Number.NEGATIVE_INFINITY
  let seen: Seen = { at: Number.NEGATIVE_INFINITY, isWell: true }

  const note = (failure: DirectoryFailure | null): void => {
    const at = performance.now()
    seen = { at, isWell: failure === null }
    if (!failure) return
    const isFirst = restsUntil <= at
    restsUntil = at + settings.restSeconds * 1000
    if (isFirst) log.warn({ reason: failure.message }, 'the company directory failed')
  }

  const send = async <Value>({ path, body, caller, time, read }: Question<Value>): Promise<Value | null> => {
    const signal = AbortSignal.any([caller, leaving, time])
    const answer = await requestJson({ url: new URL(`${base}/v1${path}`), apiKey, body, signal })
    return answer && read(answer.json)
  }

  const ask: Asker['ask'] = question => {
    const { caller, time } = question
    const since = performance.now()
    // That somebody hung up says nothing about the directory, nor does that it answered, and not all that it was asked meanwhile.
    const isItsOwn = () =>
      !caller.aborted && !leaving.aborted && !(time.aborted && seen.isWell && seen.at >= since)
    return inTurn(async () => {
      if (performance.now() < restsUntil) throw new DirectoryFailure('is left alone, since it has failed')
      if (time.aborted)
        throw new DirectoryFailure('was not asked: others were, for as long as there was time')
      try {
        const value = await send(question)
        note(null)
        return value
      } catch (thrown) {
        if (thrown instanceof DirectoryFailure && isItsOwn()) note(thrown)
        throw thrown
      }
    })
  }

  return {
    ask,
    async must(question) {
      const value = await ask(question)
      if (value !== null) return value
      const failure = new DirectoryFailure('has nothing at the address: is baseUrl right?')
      note(failure)
      throw failure
    },
    seen: () => seen,
  }
}
