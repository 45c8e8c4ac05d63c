/**
 * `npm run pack:sdk [-- FOLDER]`: packs @trellis/sdk for authors outside of this repository, as JavaScript
 * with types. Here it is TypeScript that Node runs as it is, which Node refuses below node_modules.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const source = join(import.meta.dirname, '..', 'sdk')
const target = resolve(process.argv[2] ?? '.')
const staging = mkdtempSync(join(tmpdir(), 'trellis-sdk-'))
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))

try {
  const compile = [
    join(typescript, 'bin', 'tsc'),
    '--ignoreConfig',
    join(source, 'index.ts'),
    '--rootDir',
    source,
  ]
  const form = [
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--lib',
    'es2024,esnext.collection',
    '--types',
    'node',
  ]
  const emit = ['--rewriteRelativeImportExtensions', '--declaration', '--strict', '--skipLibCheck']
  execFileSync(process.execPath, [...compile, ...form, ...emit, '--outDir', staging], { stdio: 'inherit' })
  const manifest: object = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  const door = { types: './index.d.ts', default: './index.js' }
  writeFileSync(
    join(staging, 'package.json'),
    JSON.stringify({ ...manifest, exports: { '.': door } }, null, 2),
  )
  const packed = execFileSync('npm', ['pack', '--offline', '--silent', '--pack-destination', target], {
    cwd: staging,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  process.stdout.write(`${join(target, packed.trim())}\n`)
} finally {
  rmSync(staging, { recursive: true, force: true })
}
