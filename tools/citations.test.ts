import { expect, test } from 'vitest'
import { citationsIn } from './citations.ts'

const text = `
/** @spec https://www.rfc-editor.org/rfc/rfc7636#section-4.6 the check */
export const e = define({ code: 'invalid_grant', spec: 'rfc6749#section-5.2' })
test('rfc7636 section 4.2 and 4.3: S256', () => {})
`

test('doc comments, errors and test titles cite', () => {
  const { cited, unknown } = citationsIn('x.ts', text)
  expect(cited.map(({ specification, place }) => `${specification.id} ${place}`)).toEqual([
    'rfc7636 section 4.6',
    'rfc6749 section 5.2',
    'rfc7636 section 4.2',
    'rfc7636 section 4.3',
  ])
  expect(unknown).toEqual([])
})

test('what is cited and not known is named with its line', () => {
  const wrong = text.replace('4.6', '4.66').replace('5.2', '5.22').replace('4.3', '4.33')
  expect(citationsIn('x.ts', wrong).unknown).toEqual([
    'x.ts:2 https://www.rfc-editor.org/rfc/rfc7636#section-4.66',
    'x.ts:3 rfc6749#section-5.22',
    'x.ts:4 rfc7636 section 4.33',
  ])
})
