import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../../test/kit/process.ts'
import { loadConfig } from '../../../../config/index.ts'
import { type InstalledState, readState } from '../../../../installed/index.ts'
import { carryOut } from './carry-out.ts'

const version = (text: string) => ({ version: text, package: '@acme/extension-shelf' })

test('where a gateway cannot be asked to reload, what was installed is so again', async () => {
  await using data = await temporaryFolder()
  const door = join(data.path, 'gateways', '1.json')
  await mkdir(join(data.path, 'gateways'))
  await symlink(door, door)
  const state: InstalledState = {
    format: 1,
    extensions: {
      shelf: { current: version('1.1.0'), previous: [version('1.0.0')], acceptsNewerTables: false },
    },
    operation: null,
  }
  const connection = { host: '127.0.0.1', port: 1, user: 'nobody', database: 'none' }
  const carrying = carryOut({
    workshop: {
      folder: data.path,
      state,
      connection,
      config: loadConfig({ TRELLIS_DATA: data.path }, []),
    },
    operation: { kind: 'rollback', name: 'shelf', from: version('1.1.0'), to: version('1.0.0'), home: null },
    staged: null,
  })
  await expect(carrying).rejects.toThrow(/A gateway could not reload .*ELOOP/)
  expect(await readState(data.path)).toMatchObject({
    extensions: { shelf: { current: { version: '1.1.0' } } },
    operation: null,
  })
})
