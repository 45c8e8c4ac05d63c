import { createHash } from 'node:crypto'
import type { Storage } from '@trellis/sdk'
import type { Session } from '../../src/database/database.ts'
import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, latest } from './calendar.ts'
import type { Dossier } from './deletions.ts'
import { found } from './found.ts'
import { identify } from './identifiers.ts'
import { insertRows } from './insert-rows.ts'
import type { Random } from './random.ts'
import { catalogue } from './vocabulary/catalogue.ts'

/** A file of the sample: its record, and what is in it. */
export interface SampleFile {
  readonly row: Prisma.AttachmentCreateManyInput
  readonly text: string
}

export interface FilesOptions {
  readonly random: Random
  readonly now: Date
  readonly dossiers: readonly Dossier[]
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

const priceList = [
  'sku,name,category,price in USD',
  ...catalogue.map(({ sku, name, category, price }) => [sku, quoted(name), category, price].join()),
  '',
].join('\r\n')

const survey = `Survey of the site

Halls        2, 40 by 25 metres each
Walls        concrete; brick towards the yard
Power        230 V at every second pillar
Network      Ethernet in the office only, so gateways go by LTE
To be fixed  a ladder for the sensors below the roof
`

/** Two small files: what things cost, at a customer; what was seen on site, at a sale that is open. */
export function makeFiles({ random, now, dossiers }: FilesOptions): readonly SampleFile[] {
  const sales = dossiers.flatMap(({ opportunities }) => opportunities)
  const customer = found(
    dossiers.find(({ opportunities }) => opportunities.some(({ isWon }) => isWon))?.company,
    'customer who has bought',
  )
  const sale = found(
    sales.findLast(({ closedAt }) => !closedAt),
    'sale that is open',
  )

  const file = (
    target: { readonly id: string; readonly createdAt: Date; readonly owner: { readonly id: string } },
    described: Pick<SampleFile['row'], 'fileName' | 'mimeType' | 'description'>,
    text: string,
  ): SampleFile => {
    const at = latest(target.createdAt, addDays(now, -7))
    const id = identify('att', at, random)
    const by = target.owner.id
    const stamps = { createdAt: at, createdById: by, updatedAt: at, updatedById: by, uploadedAt: at }
    const content = {
      size: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
      storageKey: id,
    }
    return { row: { id, targetId: target.id, ...described, ...content, ...stamps, version: 2 }, text }
  }
  return [
    file(
      customer,
      { fileName: 'price-list.csv', mimeType: 'text/csv', description: 'List prices, without discounts.' },
      priceList,
    ),
    file(
      sale,
      { fileName: 'site-survey.txt', mimeType: 'text/plain', description: 'What was seen on site.' },
      survey,
    ),
  ]
}

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

/** Writes files and their records. The files come last, since a transaction that fails would not take them back. */
export async function insertFiles(
  session: Session,
  files: readonly SampleFile[],
  storage: Storage,
): Promise<void> {
  await using staged = new AsyncDisposableStack()
  const parts = []
  for (const { row, text } of files) parts.push(staged.use(await storage.stage(row.id, bytesOf(text))))
  await insertRows(
    session,
    'Attachment',
    files.map(({ row }) => row),
  )
  for (const part of parts) await part.keep()
}
