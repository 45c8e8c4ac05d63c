import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { repository } from '../documents/documents.ts'

/** One file's import of another, or of a package. */
export interface Import {
  /** From the repository's root, such as `src/gateway/keys.ts`. */
  readonly from: string
  /** A file, likewise; or a package, such as `graphql` or `node:fs`. */
  readonly to: string
  /** Nothing of it is there at run time. */
  readonly isType: boolean
}

/** Files that run in production: no tests, nor what tests alone lean on, nor what is generated. */
const isOurs = (file: string): boolean =>
  !/\.test\.ts$|\.d\.ts$|\/(fixtures|testing|generated|node_modules)\//.test(file)

export const sourceFiles: readonly string[] = globSync(
  ['src/**/*.ts', 'extensions/**/*.ts', 'prisma/seed/**/*.ts'],
  {
    cwd: repository,
  },
)
  .map(file => file.split(sep).join('/'))
  .filter(isOurs)
  .toSorted()

// Statements begin at the start of a line, as the formatter has them, so that comments hold none.
const statement = /^(?:import|export)(?: (type)\b)?(?:[^'"`;]*? from)? '([^']+)'/gm
const call = /\bimport\('([^']+)'\)/g

/** Workspaces, whose packages' doors are files of the repository. */
const doors: Readonly<Record<string, string>> = {
  '@trellis/sdk': 'src/sdk/index.ts',
  '@trellis/testing': 'test/kit/index.ts',
}

function target(file: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return doors[specifier] ?? packageOf(specifier)
  const path = relative(repository, join(repository, dirname(file), specifier))
    .split(sep)
    .join('/')
  // What leads nowhere is no import but a text about one, such as a template that code is generated from.
  return existsSync(join(repository, path)) || path.includes('/generated/') ? path : null
}

/** `graphql/validation/validate.js` is of `graphql`; `@scope/name/part` of `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(repository, file), 'utf8')
  const found = [
    ...[...text.matchAll(statement)].map(([, type, specifier = '']) => ({
      specifier,
      isType: type === 'type',
    })),
    ...[...text.matchAll(call)].map(([, specifier = '']) => ({ specifier, isType: false })),
  ]
  return found.flatMap(({ specifier, isType }) => {
    const to = target(file, specifier)
    return to === null ? [] : [{ from: file, to, isType }]
  })
}

/** Every import of every file that runs in production. */
export const imports: readonly Import[] = sourceFiles.flatMap(importsOf)
