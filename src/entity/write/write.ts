import { type BulkErrorPolicy, type UserError, UserErrors } from '@trellis/sdk'
import { checkCycles } from './cycles.ts'
import { type Draft, findByError } from './draft.ts'
import { type Fate, refused } from './fate.ts'
import { putAll, putSome, type Sifted } from './put.ts'
import { checkReferences } from './references.ts'
import { forbiddenOf, type OnForbidden } from './rights.ts'
import { checkUnique } from './unique.ts'
import { checkUniqueTogether } from './unique-together.ts'
import { validate } from './validate.ts'
import type { Writing } from './writing.ts'

export interface Outcome {
  /** What each record came to, in their order: what was to be written was written, or is refused by now. */
  readonly fates: readonly Fate[]
  /** Why records were refused. */
  readonly userErrors: readonly UserError[]
}

export interface WriteOptions {
  readonly errorPolicy: BulkErrorPolicy
  readonly onForbidden: OnForbidden
}

/**
 * The one way in which entities are written: the SDL's rules, references and uniqueness, then the checks of
 * modules and extensions, then the rows, then the effects, then word of it in the outbox. All refusals are
 * told at once, those that the fates came with included.
 *
 * @throws UserErrors with all that is wrong, when anything is and `errorPolicy` is `ABORT`
 * @throws TrellisError `FORBIDDEN`
 */
export async function write(
  writing: Writing,
  fates: readonly Fate[],
  { errorPolicy, onForbidden }: WriteOptions,
): Promise<Outcome> {
  const early = fates.flatMap(fate => (fate.kind === 'refused' ? fate.userErrors : []))
  const drafts = fates.flatMap(fate => (fate.kind === 'write' ? [fate.draft] : []))
  const { passed, userErrors } = await sift(writing, drafts, { early, onForbidden })
  if (userErrors.length > 0 && errorPolicy === 'ABORT') throw new UserErrors(userErrors)
  const written = errorPolicy === 'SKIP' ? await putSome(writing, passed) : await putAll(writing, passed)
  return {
    fates: fates.map(fate => (fate.kind === 'write' && !written.passed.has(fate.draft) ? refused() : fate)),
    userErrors: [...userErrors, ...written.userErrors],
  }
}

/** Refuses new records that checks have given to an owner whom the viewer may not create them for. */
function keepOwners(writing: Writing, drafts: readonly Draft[], onForbidden: OnForbidden) {
  const judged = new Map(drafts.map(draft => [draft, draft.values['ownerId']]))
  return async (passed: readonly Draft[]): Promise<readonly UserError[]> => {
    const given = passed.filter(
      draft => draft.action === 'create' && draft.values['ownerId'] !== judged.get(draft),
    )
    const refusals = await Promise.all(
      given.map(({ action, values, path }) =>
        forbiddenOf(writing, { action, row: values, path }, onForbidden),
      ),
    )
    return refusals.filter(refusal => refusal !== null)
  }
}

/** Parts the drafts that nothing is wrong with from the others. */
async function sift(
  writing: Writing,
  drafts: readonly Draft[],
  { early, onForbidden }: { readonly early: readonly UserError[]; readonly onForbidden: OnForbidden },
): Promise<Sifted> {
  const { entity, context, hooks } = writing
  const keepRights = keepOwners(writing, drafts, onForbidden)
  const keepRules = (passed: readonly Draft[]) => passed.flatMap(draft => validate(entity, draft))
  const steps = [
    keepRules,
    (passed: readonly Draft[]) => checkReferences(writing, passed),
    (passed: readonly Draft[]) => checkUnique(writing, passed),
    (passed: readonly Draft[]) => checkUniqueTogether(writing, passed),
    (passed: readonly Draft[]) => checkCycles(writing, passed),
    ...hooks.checks.map(check => (passed: readonly Draft[]) => check(passed, context)),
    // Checks amend; what they filled in has to keep to the rights and the rules too.
    keepRights,
    keepRules,
  ]
  const draftsOf = findByError(drafts)
  const passed = new Set(drafts)
  const userErrors = [...early]
  for (const step of steps) {
    if (passed.size === 0) break
    const errors = await step([...passed])
    userErrors.push(...errors)
    // Not to be left out with one item: an error that names none of them is about the whole.
    if (errors.some(error => draftsOf(error).length === 0)) throw new UserErrors(userErrors)
    for (const error of errors) for (const draft of draftsOf(error)) passed.delete(draft)
  }
  return { passed, userErrors }
}
