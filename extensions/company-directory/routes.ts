import { type Routes, TrellisError } from '@trellis/sdk'
import { z } from 'zod'
import { entriesIn } from './entries.ts'
import { lookupKeyOf } from './lookup-key.ts'

const changedSchema = z.object({ registrationNumbers: z.array(z.string().min(1).max(100)).min(1).max(1000) })

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TrellisError('BAD_INPUT', 'The body is not JSON.', { cause })
  }
}

export const routes: Routes = {
  // The directory has no key of ours: its signature says that it is the one who calls.
  'POST /changed': {
    authentication: 'none',
    bodyLimitBytes: 131_072,
    async handle({ headers, body }, context) {
      const text = await textOf(body)
      context.loaders.companyDirectorySender.verify(headers, text, context.now())
      const { data } = changedSchema.safeParse(parseJson(text))
      if (!data)
        throw new TrellisError(
          'BAD_INPUT',
          'The body has to be { "registrationNumbers": […] }, 1 to 1,000 of them.',
        )
      const { registrationNumbers } = data
      const keys = registrationNumbers.flatMap(number => lookupKeyOf(number, null) ?? [])
      await entriesIn(context).outdateCompanies(registrationNumbers, keys)
      return { status: 204 }
    },
  },
}
