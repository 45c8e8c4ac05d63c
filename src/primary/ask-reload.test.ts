import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../test/kit/process.ts'
import { askToReload } from './ask-reload.ts'
import { doorsFolder, openControl } from './control.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const reload = () => ({ served: Promise.resolve(), left: Promise.resolve() })

async function doors() {
  const folder = await temporaryFolder()
  const path = join(folder.path, doorsFolder)
  await mkdir(path)
  return { data: folder.path, path, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() }
}

test('gateways that left, and files that were half written, keep nobody from asking the others', async () => {
  await using place = await doors()
  const { data, path } = place
  await writeFile(join(path, '1.json'), '{"sock')
  await writeFile(join(path, '2.json'), '')
  await writeFile(join(path, '3.json'), JSON.stringify({ socket: join(path, 'gone.sock') }))
  // As one that is removed after its name was read.
  await symlink(join(path, 'nowhere'), join(path, '4.json'))
  const control = await openControl({ dataDirectory: data, reload, log })
  const asked = await askToReload(data)
  expect(asked).toHaveLength(1)
  await asked[0]?.served
  await asked[0]?.left
  expect((await readdir(path)).filter(file => file.endsWith('.json'))).toEqual([`${process.pid}.json`])
  await control.close()
  expect(await readdir(path)).toEqual([])
})

test('a gateway that cannot be asked is not taken for one that left', async () => {
  await using place = await doors()
  const file = join(place.path, '1.json')
  await symlink(file, file)
  await expect(askToReload(place.data)).rejects.toThrow('ELOOP')
  expect(await readdir(place.path)).toEqual(['1.json'])
})

test('a door that cannot be named is closed again', async () => {
  await using place = await doors()
  const { data, path } = place
  await mkdir(join(path, `${process.pid}.json`))
  await expect(openControl({ dataDirectory: data, reload, log })).rejects.toThrow('EISDIR')
  // A socket that is listened to has a name.
  expect(await readdir(path)).toEqual([`${process.pid}.json`])
})
