import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** An operation that GraphiQL shows in a tab. */
export interface SampleOperation {
  readonly title: string
  readonly query: string
}

export interface GraphiQLPageOptions {
  readonly samples: readonly SampleOperation[]
  /** Whether requests need a key, so that the headers tab shows where it goes. */
  readonly needsKey: boolean
}

export interface GraphiQLPage {
  /** Compressed by gzip: 2 of 9 MB. */
  readonly body: Uint8Array<ArrayBuffer>
  readonly etag: string
}

const titled = ({ title, query }: SampleOperation) => `# ${title}\n${query.trim()}\n`

/** The page as one file with scripts, styles and workers inside; nothing is loaded from anywhere else. */
export async function renderGraphiQLPage({ samples, needsKey }: GraphiQLPageOptions): Promise<GraphiQLPage> {
  // Nine megabytes of text that most processes never need.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const headers = needsKey ? '{\n  "authorization": "Bearer <key>"\n}' : '{}'
  const html = renderGraphiQL({
    title: 'Trellis',
    defaultTabs: samples.map(sample => ({ query: titled(sample), headers })),
    defaultHeaders: headers,
    defaultEditorToolsVisibility: needsKey ? 'headers' : 'variables',
    isHeadersEditorEnabled: true,
    // A key is kept in the page, not in the browser's storage, where any later script of this origin reads it.
    shouldPersistHeaders: false,
  })
  const body = await promisify(gzip)(html)
  return { body: new Uint8Array(body), etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}
