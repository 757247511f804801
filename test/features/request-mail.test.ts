import { randomUUID } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { Till } from '../support/backchannel.ts'

const origin = inject('origin')
const till = new Till(origin, { id: 'till', secret: 'till-secret' }, 'globex')
const mira = { login_hint: 'mira@example.com' }

interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

/** The letters in the local inbox that hold a text. */
async function lettersWith(text: string): Promise<readonly Mail[]> {
  const response = await fetch(`${origin}/_local/api/mails`)
  const mails: readonly Mail[] = JSON.parse(await response.text())
  return mails.filter((mail) => mail.text.includes(text))
}

test('ciba core section 8: the person hears of the request by mail, and where to answer', async () => {
  const binding_message = randomUUID()
  await till.ask({ ...mira, binding_message })
  const [letter] = await lettersWith(binding_message)
  expect(letter).toMatchObject({
    from: 'Globex <no-reply@globex.example>',
    to: ['mira@work.example'],
    subject: 'Harbour Till attend votre réponse',
  })
  expect(letter?.text).toContain(`${till.issuer}/signin/requests`)
})

test('an address that is not verified gets none', async () => {
  const binding_message = randomUUID()
  const answer = await till.ask({ binding_message })
  expect(answer.status).toBe(200)
  expect(await lettersWith(binding_message)).toEqual([])
})

test('ciba core section 14 and fapi-ciba section 7: however often clients ask, a mailbox is not filled', async () => {
  const binding_message = randomUUID()
  for (let asked = 0; asked < 7; asked++) await till.ask({ ...mira, binding_message })
  expect((await lettersWith(binding_message)).length).toBeLessThanOrEqual(5)
  expect((await till.ask({ ...mira, binding_message })).status).toBe(200)
})
