import { z } from 'zod'

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The key is sent along, so the way there is encrypted, or does not leave the machine. */
const isAllowed = (address: string): boolean => {
  const url = URL.parse(address)
  if (!url || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopbackHosts.has(url.hostname))
}

/** What an administrator may set. */
export const settingsSchema = z.strictObject({
  baseUrl: z
    .string()
    .max(1000)
    .refine(isAllowed, {
      error:
        'has to be an address such as https://directory.example.com, without user, password and query; http: is for localhost only',
    })
    .describe('Where the directory is, such as https://directory.example.com/api'),
  cacheHours: z.number().min(1).max(8760).default(168).describe('How long an answer is good, in hours'),
  timeoutMs: z
    .number()
    .int()
    .min(50)
    .max(2500)
    .default(2000)
    .describe('How long the directory may take for all that a request asks of it, in milliseconds'),
  concurrency: z.number().int().min(1).max(20).default(4).describe('How many requests to it at once'),
  restSeconds: z
    .number()
    .min(0)
    .max(600)
    .default(10)
    .describe('How long it is left alone after a failure, in seconds'),
})

export type DirectorySettings = z.infer<typeof settingsSchema>
