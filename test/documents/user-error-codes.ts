import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './documents.ts'

/** How code writes a userError's code; see `refusal` in src/entity/write/draft.ts and its like. */
const forms = [
  /\bcode: '([A-Z_]+)'/g,
  /\bcode: [^,'\n]*\? '([A-Z_]+)' : '([A-Z_]+)'/g,
  /\b(?:refuse|refusal|problem)\([^`]*?'([A-Z][A-Z_]{3,})'/g,
  // A message has blanks; what has none is another value of an enum.
  /\['([A-Z][A-Z_]{3,})', (?:`|'[^'\n]* )/g,
]

/** The codes of all userErrors that the core and the installed extensions answer. */
export function userErrorCodes(): ReadonlySet<string> {
  const files = globSync(['src/{entity,modules,lifecycle}/**/*.ts', 'extensions/*/*.ts'], { cwd: repository })
  const texts = files
    .filter(file => !/\.test\.ts$|fixtures/.test(file))
    .map(file => readFileSync(join(repository, file), 'utf8'))
  const found = texts.flatMap(text =>
    forms.flatMap(form => [...text.matchAll(form)].flatMap(([, ...codes]) => codes)),
  )
  return new Set(found.filter(code => code !== undefined))
}
