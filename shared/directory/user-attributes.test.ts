import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import type { UserAttributes } from './user.ts'
import { userAttributesShape } from './user-attributes.ts'

const schema = z.strictObject(userAttributesShape)
const problemsOf = (user: unknown) =>
  schema.safeParse(user).error?.issues.map(({ path }) => path.join('.'))

test('rfc7643 section 4.1: what is parsed is a user', () => {
  expectTypeOf<z.output<typeof schema>>().toExtend<UserAttributes>()
  expect(schema.parse({ userName: 'ada' })).toEqual({ userName: 'ada', active: true })
})

test('rfc7643 section 4.1: every attribute is taken as it is', () => {
  const user = {
    userName: 'ada@example.com',
    externalId: 'hr-1815',
    name: { formatted: 'Ada Lovelace', familyName: 'Lovelace', givenName: 'Ada' },
    displayName: 'Ada Lovelace',
    nickName: 'Ada',
    profileUrl: 'https://people.example/ada',
    title: 'Analyst',
    userType: 'Employee',
    preferredLanguage: 'en-GB, fr;q=0.8',
    locale: 'en-GB',
    timezone: 'Europe/London',
    active: false,
    emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
    phoneNumbers: [{ value: 'tel:+44-20-7946-0000', type: 'work' }],
    photos: [{ value: 'https://people.example/ada.jpg', type: 'photo' }],
    addresses: [{ streetAddress: '12 St James Square', locality: 'London', country: 'GB' }],
  }
  expect(schema.parse(user)).toEqual(user)
})

test('rfc7643 section 4.1.1: userName is required', () => {
  expect(problemsOf({})).toEqual(['userName'])
  expect(problemsOf({ userName: ' ' })).toEqual(['userName'])
})

test('rfc7643 section 2.4: one primary value at most', () => {
  const email = (value: string) => ({ value, primary: true })
  expect(
    problemsOf({ userName: 'ada', emails: [email('a@b.example'), email('c@d.example')] }),
  ).toEqual(['emails'])
})

test('a value of the wrong form is named by its place', () => {
  expect(
    problemsOf({
      userName: 'ada',
      locale: 'english!',
      timezone: 'Mars/Olympus',
      profileUrl: 'javascript:alert(1)',
      emails: [{ value: 'ada' }],
      photos: [{ value: 'data:image/png;base64,AA' }],
      addresses: [{ country: 'England' }],
      phoneNumbers: [],
    }),
  ).toEqual([
    'profileUrl',
    'locale',
    'timezone',
    'emails.0.value',
    'phoneNumbers',
    'photos.0.value',
    'addresses.0.country',
  ])
})

test('an attribute that is not known is refused', () => {
  expect(
    problemsOf({ userName: 'ada', emails: [{ value: 'a@b.example', verified: true }] }),
  ).toEqual(['emails.0'])
})
