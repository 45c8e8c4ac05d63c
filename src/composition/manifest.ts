import { existsSync, readFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Extension } from '@trellis/sdk'

/** An extension under the name and version that it goes by. */
export interface Manifest {
  /** Empty when neither the extension nor a package.json says. */
  readonly name: string
  readonly version: string
  /** Its package's, if the package is its own. */
  readonly description: string | null
  readonly extension: Extension
}

/** Name and version as declared, else those of the nearest package.json above the declaring file. */
export function readManifest(extension: Extension): Manifest {
  // What is told of in no file is in no package.
  const published = isAbsolute(extension.file) ? nearestPackage(dirname(extension.file)) : unpublished
  const publishedName = published.name.replace(/^@[^/]*\//, '').replace(/^extension-/, '')
  const name = extension.name ?? publishedName
  const description = name === publishedName && published.description !== '' ? published.description : null
  return { name, version: extension.version ?? published.version, description, extension }
}

interface Package {
  readonly name: string
  readonly version: string
  readonly description: string
}

const unpublished: Package = { name: '', version: '', description: '' }

function nearestPackage(directory: string): Package {
  const file = join(directory, 'package.json')
  if (existsSync(file)) return readPackage(file)
  const parent = dirname(directory)
  return parent === directory ? unpublished : nearestPackage(parent)
}

/** @throws SyntaxError when the file is not JSON, which npm would not have installed */
function readPackage(file: string): Package {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const text = (key: string): string => {
    const value: unknown =
      typeof content === 'object' && content !== null ? Reflect.get(content, key) : undefined
    return typeof value === 'string' ? value : ''
  }
  return { name: text('name'), version: text('version'), description: text('description') }
}
