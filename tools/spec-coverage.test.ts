import { expect, test } from 'vitest'
import { citationsIn } from './citations.ts'
import { renderSpecCoverage } from './spec-coverage.ts'
import { citationOfReference } from './specifications.ts'

test('a section is listed with its files and its tests', () => {
  const link = 'https://www.rfc-editor.org/rfc/rfc7636#section-4.6'
  const { cited } = citationsIn('shared/oauth/a.ts', `/** @spec ${link} */`)
  const tests = citationsIn('shared/oauth/a.test.ts', "test('rfc7636 section 4.6: x', f)").cited
  const page = renderSpecCoverage([...cited, ...tests], [])
  expect(page).toContain('## RFC 7636: Proof Key for Code Exchange (PKCE)\n')
  expect(page).toContain(
    `| [section 4.6](${link}) | \`shared/oauth/a.ts\` | \`shared/oauth/a.test.ts\` |\n`,
  )
  expect(page).not.toContain('RFC 6749')
})

test('a section that is left out is listed with the reason', () => {
  const { cited } = citationsIn('a.test.ts', "test('rfc7636 section 4.6: x', f)")
  const citation = citationOfReference('rfc7636#section-4.4')
  const excluded = citation === undefined ? [] : [{ ...citation, reason: 'Nothing to do.' }]
  const link = 'https://www.rfc-editor.org/rfc/rfc7636#section-4.4'
  expect(renderSpecCoverage(cited, excluded)).toContain(
    `| [section 4.4](${link}) | – | Left out: Nothing to do. |\n`,
  )
})
