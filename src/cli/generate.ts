/**
 * `npm run generate`: everything that is derived from the Prisma models and the SDL. `npm install` runs it.
 * Where development tools are absent, as with NODE_ENV=production, it makes what running takes: types need not be there.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const modules = join(root, 'node_modules')
const commands = join(modules, '.bin')

/** Runs a script under this very Node, with the installed commands in reach, as Prisma's generators are. */
function run(script: string, ...words: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...process.env, PATH: `${commands}${delimiter}${process.env['PATH'] ?? ''}` },
  })
  if (status !== 0) {
    process.stderr.write(`${[script, ...words].join(' ')} failed:\n${stdout}${stderr}`)
    process.exit(1)
  }
}

const prisma = join(modules, 'prisma', 'build', 'index.js')
const hasTypes = existsSync(join(modules, 'prisma-kysely'))

run(prisma, 'generate', ...(hasTypes ? [] : ['--generator', 'client']))
if (hasTypes)
  for (const schema of globSync('extensions/*/prisma/schema.prisma', { cwd: root }).toSorted())
    run(prisma, 'generate', '--schema', schema)
run(join(import.meta.dirname, 'generate-core.ts'))
const codegen = join(commands, 'graphql-codegen')
process.env['ENTITY_MAPPERS'] = readFileSync(join(root, 'src', 'generated', 'mappers.txt'), 'utf8')
if (existsSync(codegen)) run(codegen)
