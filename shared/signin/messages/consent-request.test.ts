import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyForm, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseConsentAnswer } from './consent-request.ts'

const parse = (form: string) => parseConsentAnswer(new URLSearchParams(form))

test('oidc core section 3.1.2.4: the button that was pressed is the answer', () => {
  expect(parse('interaction=i&allow=yes')).toEqual({ interaction: 'i', answer: 'allow' })
  expect(parse('interaction=i&deny=yes')).toEqual({ interaction: 'i', answer: 'deny' })
})

test.each([
  ['form_incomplete', 'signin/consent/answer', 'interaction=i'],
  ['form_incomplete', 'signin/consent/answer', 'interaction=i&allow=yes&deny=yes'],
  ['form_incomplete', 'signin/consent/answer', 'interaction=i&allow='],
  ['form_incomplete', 'signin/form/repeated', 'interaction=i&allow=yes&allow=yes'],
  ['interaction_expired', 'signin/interaction/missing', 'allow=yes'],
])('oidc core section 3.1.2.4: silence is no consent: %s, %s, %s', (code, rule, form) => {
  expect(thrownBy(() => parse(form))).toMatchObject({ code, status: 400, rule })
})

test('no form at all makes parsing throw anything but a refusal', () => {
  const form = anyForm({ interaction: ['i'], allow: ['yes'], deny: ['yes'] })
  fc.assert(fc.property(form, (sent) => parsesOrRefuses(() => parseConsentAnswer(sent))))
})
