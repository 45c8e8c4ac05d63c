import { finding } from '../finding.ts'
import { rootTypes } from '../names.ts'
import { isFieldConfig, isResolve, resolverOf } from '../resolver-map.ts'
import type { Check } from './check.ts'

/** Root fields have a resolver, subscriptions a `subscribe`: nothing else could answer them. A service answers its own. */
export const rootResolvers: Check = function* ({ members }) {
  for (const [coordinate, claims] of members)
    for (const { subschema, typeName, node } of claims) {
      if (subschema.kind === 'core' || subschema.extension.remote || !rootTypes.has(typeName)) continue
      const resolver = resolverOf(subschema, typeName, node.name.value)
      if (resolver === undefined)
        yield finding({
          code: 'FIELD_WITHOUT_RESOLVER',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `${named} adds ${coordinate}, but nothing answers it.`,
          fix: `Add \`resolvers: { ${typeName}: { ${node.name.value}: … } }\`.`,
        })
      else if (
        typeName === 'Subscription' &&
        (isResolve(resolver) || (isFieldConfig(resolver) && !resolver.subscribe))
      )
        yield finding({
          code: 'SUBSCRIPTION_WITHOUT_SUBSCRIBE',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `${coordinate} of ${named} has no \`subscribe\`.`,
          fix: `Write \`${node.name.value}: { subscribe: … }\` with a function that answers an AsyncIterable.`,
        })
    }
}
