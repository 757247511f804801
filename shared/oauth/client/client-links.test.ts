import { expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { epochSeconds } from '#shared/kernel/time.ts'
import { client } from '../../../test/support/builders.ts'
import { linksOf } from './client-links.ts'

const links = {
  clientUri: 'https://bank.example/',
  policyUri: 'https://bank.example/privacy',
  tosUri: 'https://app.example/terms',
}
const itself = { dynamicRegistration: { tokenHash: 'h', issuedAt: epochSeconds(0) } }

test('what the operator has declared is shown as it is', () => {
  expect(linksOf(client(links))).toEqual(links)
})

test('rfc7591 section 5: a client that registers itself lives where people are sent back to', () => {
  expect(linksOf(client({ ...links, ...itself }))).toEqual({
    clientUri: 'https://app.example',
    tosUri: 'https://app.example/terms',
  })
})

test('cimd section 8.5: a client by document lives where its document lies', () => {
  const id = trusted<ClientId>('https://app.example/client')
  const redirectUris = ['https://bank.example/callback', 'http://127.0.0.1/callback']
  expect(linksOf(client({ ...links, id, redirectUris }))).toEqual({
    clientUri: 'https://app.example',
    tosUri: 'https://app.example/terms',
  })
})

test('an app of its own scheme lives nowhere that anybody could know', () => {
  expect(linksOf(client({ ...links, ...itself, redirectUris: ['com.example:/x'] }))).toEqual({})
})
