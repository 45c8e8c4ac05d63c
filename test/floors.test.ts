import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { repository } from './documents/documents.ts'
import { findCycle } from './floors/find-cycle.ts'
import { imports, sourceFiles } from './floors/imports.ts'
import { roomOf, rooms } from './floors/rooms.ts'

const isFile = (target: string): boolean => /\.(ts|json)$/.test(target)
const between = imports.filter(({ to }) => isFile(to))
const written = ({ from, to }: { readonly from: string; readonly to: string }): string => `${from} -> ${to}`

test('every file is in a room', () => {
  expect(sourceFiles.length).toBeGreaterThan(200)
  expect(sourceFiles.filter(file => roomOf(file) === undefined)).toEqual([])
})

test('a room may import floors below its own only', () => {
  const floorOf = new Map(rooms.map(({ path, floor }) => [path, floor]))
  const upwards = rooms.flatMap(({ path, floor, mayImport }) =>
    mayImport.filter(other => (floorOf.get(other) ?? floor) >= floor).map(other => `${path} -> ${other}`),
  )
  expect(upwards).toEqual([])
})

test('a room imports itself and what ARCHITECTURE.md says, never upwards, never a neighbour', () => {
  const trespasses = between.filter(({ from, to }) => {
    const [here, there] = [roomOf(from), roomOf(to)]
    if (here === undefined || there === undefined) return true
    return here.place !== there.place && !here.mayImport.includes(there.path)
  })
  expect(trespasses.map(written)).toEqual([])
})

test('of the configuration, rooms know the type; only those that begin a process read it', () => {
  const isConfig = (file: string): boolean => roomOf(file)?.path === 'src/config/'
  const readers = between
    .filter(({ from, to, isType }) => isConfig(to) && !isConfig(from) && !isType)
    .map(({ from }) => from)
  expect(readers.toSorted()).toEqual([
    'src/cli/migrate.ts',
    'src/cli/trellis/extension/packages/open-workshop.ts',
    'src/cli/trellis/serve/serve.ts',
    'src/serve.ts',
  ])
})

test('the environment is read by the configuration only', () => {
  const readers = sourceFiles.filter(file =>
    /process\.env\b/.test(readFileSync(join(repository, file), 'utf8')),
  )
  expect(readers.filter(file => !file.startsWith('src/cli/'))).toEqual(['src/config/load-config.ts'])
})

test('no file imports itself by way of others', () => {
  const edges = new Map(
    sourceFiles.map(file => [file, between.filter(({ from }) => from === file).map(({ to }) => to)]),
  )
  expect(findCycle(edges)).toBeNull()
})

const manifest = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
})

/** The packages that the package of a file declares, without those for development. */
function declaredFor(file: string): ReadonlySet<string> {
  const folder = /^(src\/sdk|extensions\/[^/]+)\//.exec(file)?.[0] ?? ''
  const { dependencies, peerDependencies } = manifest.parse(
    JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8')),
  )
  return new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies)])
}

test('what runs in production leans on packages that its own package declares, none of them for development', () => {
  const undeclared = imports.filter(({ from, to, isType }) => {
    if (isFile(to) || to.startsWith('node:') || to.startsWith('@trellis/')) return false
    return !isType && !declaredFor(from).has(to)
  })
  expect(undeclared.map(written)).toEqual([])
})

test('an extension imports the SDK and what it declares, nothing else', () => {
  const others = imports.filter(({ from, to }) => {
    const [folder] = /^extensions\/[^/]+\//.exec(from) ?? []
    if (folder === undefined || to.startsWith(folder) || to.startsWith('node:')) return false
    return !declaredFor(from).has(to === 'src/sdk/index.ts' ? '@trellis/sdk' : to)
  })
  expect(others.map(written)).toEqual([])
})
