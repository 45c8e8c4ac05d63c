import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { samples } from '../../src/start/samples.ts'
import { documents, repository } from '../documents/documents.ts'
import { runnableExamples } from '../documents/runnable.ts'
import type { NamedOperation } from './assert-answered-alike.ts'

const ofDocuments: readonly NamedOperation[] = documents.flatMap(document =>
  runnableExamples(document).map(({ query, variables, line }) => ({
    name: `${document.path}:${line}`,
    query,
    variables: JSON.parse(variables),
  })),
)

const ofGraphiQL: readonly NamedOperation[] = samples.map(({ title, query }) => ({
  name: `GraphiQL's "${title}"`,
  query,
  variables: {},
}))

/** Operations that stand in code as a text of their own; those of tests may be asked of other services. */
const ofCode: readonly NamedOperation[] = globSync('examples/**/*.ts', {
  cwd: repository,
  exclude: ['**/*.test.ts'],
}).flatMap(path =>
  [
    ...readFileSync(join(repository, path), 'utf8').matchAll(
      /`\s*(?<query>(?:query|mutation) [^`$]*\$?[^`]*)`/g,
    ),
  ]
    .map(({ groups }) => groups?.['query'] ?? '')
    .filter(query => !query.includes('${'))
    .map((query, index) => ({
      name: `${path}, operation ${index + 1}`,
      query,
      variables: { pipeline: 'Sales' },
    })),
)

/** Every operation that the repository shows somebody. */
export const examples: readonly NamedOperation[] = [...ofDocuments, ...ofGraphiQL, ...ofCode]
