import type { Limits } from '@trellis/sdk'

/** What an extension does not say of its limits; src/sdk/limits.ts documents each. */
const defaults: Required<Limits> = {
  deadlineMs: 500,
  writeDeadlineMs: 10_000,
  concurrency: 50,
  queue: 200,
  failures: 5,
  recoveryMs: 5000,
  blockingMs: 50,
  memoryMb: 256,
}

export const limitsOf = (limits: Limits = {}): Required<Limits> => ({ ...defaults, ...limits })
