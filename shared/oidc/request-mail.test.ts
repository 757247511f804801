import { expect, test } from 'vitest'
import { locales } from '#shared/signin/texts/locale.ts'
import { requestMail } from './request-mail.ts'

const facts = {
  clientName: 'Harbour Till',
  tenantName: 'Acme',
  bindingMessage: 'Till 7',
  link: 'https://id.example/acme/signin/requests',
}

test.each(locales)(
  'the letter says who asks, what to compare and where to answer: %s',
  (locale) => {
    const { subject, text } = requestMail(locale, facts)
    expect(subject).toContain('Harbour Till')
    for (const said of Object.values(facts)) expect(text).toContain(said)
    expect(text).not.toMatch(/[{}]/)
  },
)

test('no name of a client begins another line', () => {
  const hostile = { ...facts, clientName: 'X\r\nBcc: all@example.com\u202e' }
  const { subject, text } = requestMail('en', hostile)
  expect(subject).not.toMatch(/\p{C}/u)
  expect(text).not.toMatch(/^Bcc/m)
})

test('without a message none is spoken of', () => {
  const { bindingMessage: _, ...unbound } = facts
  expect(requestMail('en', unbound).text).not.toContain('text')
})
