import { type UserError, UserErrors } from '@trellis/sdk'
import { checkCycles } from './cycles.ts'
import { type Draft, isAbout } from './draft.ts'
import { recordEvents } from './outbox.ts'
import { checkReferences } from './references.ts'
import { store } from './store.ts'
import { checkUnique } from './unique.ts'
import { validate } from './validate.ts'
import type { Writing } from './writing.ts'

export interface Written {
  readonly drafts: readonly Draft[]
  /** Why the others were left out. */
  readonly userErrors: readonly UserError[]
}

/**
 * The one way in which entities are written: the SDL's rules, references and uniqueness, then the checks of
 * modules and extensions, then the rows, then the effects, then word of it in the outbox.
 *
 * @throws UserErrors with all that is wrong, when anything is and `errorPolicy` is `ABORT`
 */
export async function write(
  writing: Writing,
  drafts: readonly Draft[],
  errorPolicy: 'ABORT' | 'SKIP' = 'ABORT',
): Promise<Written> {
  const { entity, context, hooks } = writing
  const userErrors: UserError[] = []
  let passed = drafts

  const sift = (errors: readonly UserError[]): void => {
    // Not to be left out with one item: an error that names none of them is about the whole.
    const general = errors.some(error => !drafts.some(draft => isAbout(error, draft)))
    userErrors.push(...errors)
    if (general) throw new UserErrors(userErrors)
    passed = passed.filter(draft => !errors.some(error => isAbout(error, draft)))
  }

  sift(drafts.flatMap(draft => validate(entity, draft)))
  sift(await checkReferences(writing, passed))
  sift(await checkUnique(writing, passed))
  sift(await checkCycles(writing, passed))
  for (const check of hooks.checks) sift(await check(passed, context))
  // Checks amend; what they filled in has to keep to the rules too.
  sift(passed.flatMap(draft => validate(entity, draft)))
  if (userErrors.length > 0 && errorPolicy === 'ABORT') throw new UserErrors(userErrors)
  if (passed.length === 0) return { drafts: [], userErrors }

  await store(writing, passed)
  for (const effect of hooks.effects) await effect(passed, context)
  await recordEvents(writing, passed)
  return { drafts: passed, userErrors }
}
