import type { Context, MergeInput } from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import { mergeServiceOf } from '../registry.ts'

/** `customerMerge` and its like, of entities that are mergeable. */
export const mergeMutations = (entity: EntityDefinition): Readonly<Record<string, unknown>> =>
  entity.mergeable
    ? {
        [`${entity.singular}Merge`]: async (
          _: unknown,
          { input }: { input: MergeInput },
          context: Context,
        ) => ({
          [entity.singular]: await mergeServiceOf(context, entity).merge(input),
          userErrors: [],
        }),
      }
    : {}
