import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parametersOf } from '../../../test/support/builders.ts'
import { anyForm, parsesOrRefuses, thrownBy } from '../../../test/support/refusals.ts'
import { parseInteractionParameter, parsePasswordAttempt } from './sign-in-request.ts'

const address = '203.0.113.9'
const attempt = (fields: Record<string, string>) =>
  parsePasswordAttempt(parametersOf(fields), address)

describe('what was typed', () => {
  test('the user name without the spaces around it, the password with all of them', () => {
    const { userName, password } = attempt({ username: ' ada ', password: ' s3cret ' })
    expect(userName).toBe('ada')
    expect(password.reveal()).toBe(' s3cret ')
  })

  test('nothing typed is only a wrong password, which is counted like any other', () => {
    const { userName, password } = attempt({})
    expect([userName, password.reveal()]).toEqual(['', ''])
  })

  test('cannot be printed', () => {
    expect(JSON.stringify(attempt({ password: 'hunter2' }))).not.toContain('hunter2')
  })

  test('nist sp 800-63b-4 section 3.1.1.2: at least 64 characters of password are taken', () => {
    expect(attempt({ password: 'x'.repeat(1024) }).password.reveal()).toHaveLength(1024)
  })

  test.each([{ password: 'x'.repeat(1025) }, { username: 'x'.repeat(321) }])(
    'is not hashed when nobody can have typed it',
    (fields: Record<string, string>) => {
      expect(thrownBy(() => attempt(fields))).toMatchObject({
        code: 'form_incomplete',
        status: 400,
        rule: 'signin/form/length',
      })
    },
  )
})

describe('the interaction', () => {
  test('comes in the query or the form', () => {
    const { interaction } = parseInteractionParameter(new URLSearchParams('interaction=sealed'))
    expect(interaction).toBe('sealed')
  })

  test.each([
    ['interaction_expired', 'signin/interaction/missing', ''],
    ['interaction_expired', 'signin/interaction/missing', 'interaction='],
    ['form_incomplete', 'signin/form/repeated', 'interaction=a&interaction=b'],
    ['form_incomplete', 'signin/form/repeated', 'interaction=a&username=b&username=c'],
  ])('%s, %s: %s', (code, rule, query) => {
    const parse = () => parseInteractionParameter(new URLSearchParams(query))
    expect(thrownBy(parse)).toMatchObject({ code, status: 400, rule })
  })
})

test('no form at all makes parsing throw anything but a refusal', () => {
  const form = anyForm({ interaction: ['i'], username: ['ada'], password: ['x'.repeat(1025)] })
  fc.assert(
    fc.property(form, (sent) => {
      parsesOrRefuses(() => {
        const { parameters } = parseInteractionParameter(sent)
        parsePasswordAttempt(parameters, address)
      })
    }),
  )
})
