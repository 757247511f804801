import { expect, test } from 'vitest'
import { type ClientId, trusted } from '#shared/kernel/ids.ts'
import { client, clientId, otherClientId, userId } from '../../../test/support/builders.ts'
import { isPairwise, pairwiseSubject, sectorOf } from './subject-identifier.ts'

test('oidc core section 8.1: the sector is the host of the redirect URI', () => {
  expect(sectorOf(client({ redirectUris: ['https://App.example:8443/callback'] }))).toBe(
    'app.example',
  )
})

test('oidc core section 8.1: a sector_identifier_uri decides before the redirect URIs', () => {
  const sectorIdentifierUri = 'https://sector.example/uris.json'
  expect(sectorOf(client({ sectorIdentifierUri }))).toBe('sector.example')
})

test.each(['http://127.0.0.1/callback', 'http://localhost/callback', 'com.example.app:/callback'])(
  'oidc core section 8.1: apps at %s know nothing of each other',
  (uri) => {
    const sectors = [clientId, otherClientId].map((id) =>
      sectorOf(client({ id, redirectUris: [uri] })),
    )
    expect(new Set(sectors).size).toBe(2)
  },
)

test('oidc core section 8.1: a client by document cannot move into the sector of others', () => {
  const id = trusted<ClientId>('https://tool.example/client.json')
  const redirectUris = ['https://app.example/callback']
  expect(sectorOf(client({ id, redirectUris }))).toBe('tool.example')
})

test('a client without redirect URIs is a sector of its own', () => {
  expect(sectorOf(client({ redirectUris: [] }))).toBe('client web')
})

test('oidc core section 8.1: the longest host leaves room for 255 characters', () => {
  const uri = `https://${'a.'.repeat(120)}example/callback`
  expect(JSON.stringify(pairwiseSubject(client({ redirectUris: [uri] }), userId)).length).toBe(
    JSON.stringify(pairwiseSubject(client(), userId)).length,
  )
})

test('a user id is never taken for a pairwise subject', () => {
  expect(isPairwise(userId)).toBe(false)
})
