import { z } from 'zod'

const coordinates = z.array(z.object({ coordinate: z.string() }))

export const planShape = z.object({
  added: coordinates,
  removed: coordinates,
  breaking: z.array(z.object({ code: z.string(), message: z.string(), isBreaking: z.boolean() })),
})

/** What a decision about an extension does to what clients see. */
export type Plan = z.infer<typeof planShape>

/** A decision that can be taken, and what it would do. */
export interface Planned {
  readonly plan: Plan
  /** Takes it. @throws CommandError when it is refused, such as when somebody else has decided since */
  readonly carryOut: () => Promise<void>
}
