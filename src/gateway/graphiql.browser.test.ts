import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { createTestGateway } from './testing/test-gateway.ts'

const executablePath = '/usr/bin/chromium'

test.skipIf(!existsSync(executablePath))(
  'in a browser, GraphiQL answers its first sample and asks nobody but us',
  async () => {
    const samples = [{ title: 'A greeting', query: 'query Greeting { hello }' }]
    await using gateway = await createTestGateway({ samples }).listening()
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    try {
      const page = await browser.newPage()
      const asked: string[] = []
      page.on('request', request => asked.push(new URL(request.url()).origin))
      await page.goto(`${gateway.url}/graphql`)

      await page.getByRole('button', { name: /execute query/i }).click()
      await page.getByText('"Hello, world!"').waitFor()

      expect(new Set(asked.filter(origin => origin !== 'null'))).toEqual(new Set([gateway.url]))
    } finally {
      await browser.close()
    }
  },
  60_000,
)
