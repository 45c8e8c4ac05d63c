import { startDirectoryService } from './server.ts'

const { DIRECTORY_API_KEY: apiKey, DIRECTORY_NOTICE_URL: url, DIRECTORY_NOTICE_SECRET: secret } = process.env
if (!apiKey) throw new Error('Set DIRECTORY_API_KEY, such as to the output of `openssl rand -hex 20`.')

await using service = await startDirectoryService({
  apiKey,
  port: Number(process.env['PORT'] ?? 4002),
  ...(url && secret && { notice: { url, secret } }),
})
process.stdout.write(`The company directory is at ${service.url}\n`)

await new Promise<void>(resolve => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve)
})
