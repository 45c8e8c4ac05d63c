/** One thing that was looked at. */
export interface Finding {
  /** `unknown`: it could not be looked at, or has no meaning as things are. */
  readonly verdict: 'good' | 'warning' | 'bad' | 'unknown'
  readonly topic:
    | 'gateway'
    | 'status'
    | 'problem'
    | 'package'
    | 'versions'
    | 'scopes'
    | 'settings'
    | 'secrets'
    | 'tables'
    | 'health'
  readonly says: string
  /** What to do about it; `null` when there is nothing to do. */
  readonly next: string | null
}

export const good = (topic: Finding['topic'], says: string): Finding => ({
  verdict: 'good',
  topic,
  says,
  next: null,
})

export const bad = (topic: Finding['topic'], says: string, next: string): Finding => ({
  verdict: 'bad',
  topic,
  says,
  next,
})

export const warning = (topic: Finding['topic'], says: string, next: string): Finding => ({
  verdict: 'warning',
  topic,
  says,
  next,
})

export const unknown = (topic: Finding['topic'], says: string): Finding => ({
  verdict: 'unknown',
  topic,
  says,
  next: null,
})
