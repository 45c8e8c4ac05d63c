/**
 * Prisma's schema engine, compiled and started once, when this module is first imported; only
 * ever import it dynamically. Instantiated by hand rather than by `import '….wasm'`: Node calls that
 * experimental in a warning, and here two of the engine's imports can be replaced on the way in.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'

export const { SchemaEngine } = glue

const glueName = './schema_engine_bg.js'
const gluePath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
const binary = await readFile(gluePath.replace(/\.js$/, '.wasm'))
const { instance } = await WebAssembly.instantiate(binary, { [glueName]: engineImports() })
start(Reflect.get(glue, '__wbg_set_wasm'), instance.exports)
start(instance.exports['__wbindgen_start'])

/** The glue's functions as the engine wants them, by names that end in a hash of the build. */
function engineImports(): Readonly<Record<string, unknown>> {
  const replaced = Object.entries<unknown>(glue).map(([name, value]): [string, unknown] => {
    if (name.startsWith('__wbg_setTimeout_')) return [name, armTimer]
    if (name.startsWith('__wbg_set_message_')) return [name, panic]
    return [name, value]
  })
  return Object.fromEntries(replaced)
}

/** The engine never clears the 10 s timer that guards its lock; a process must not wait for it to end. */
function armTimer(callback: () => void, milliseconds: number): NodeJS.Timeout {
  return setTimeout(callback, milliseconds).unref()
}

/** The last words of the engine, which it would otherwise hand to a registry in a global variable. */
function panic(pointer: number, length: number): never {
  const memory = instance.exports['memory']
  const words =
    memory instanceof WebAssembly.Memory
      ? new TextDecoder().decode(new Uint8Array(memory.buffer, pointer, length))
      : 'without a message'
  throw new Error(`Prisma's schema engine has a bug and cannot go on: ${words}`)
}

function start(step: unknown, ...input: readonly unknown[]): void {
  if (typeof step !== 'function')
    throw new Error('@prisma/schema-engine-wasm has another shape: see what its schema_engine.js does.')
  Reflect.apply(step, undefined, input)
}
